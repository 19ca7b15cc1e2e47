import { escapedHtml } from '@leadlog/mail'
import type { Revision } from './revisions.ts'

/** What the mail says beside its file. */
export interface Wording {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The mail of a revision, for everybody who gets it. Pure. */
export function wordingOf({ sequence, content }: Revision): Wording {
  const { isCanceled, reason, title, link, host } = content
  const when = whenOf(content)
  const who = host.name ?? host.email ?? 'us'
  const first = isCanceled ? 'Canceled' : sequence === 0 ? 'Invitation' : 'Updated'
  const news = isCanceled
    ? `the meeting "${title}" with ${who} on ${when} does not take place.`
    : sequence === 0
      ? `you are invited to "${title}" with ${who} on ${when}.`
      : `there is news of "${title}" with ${who}: it is on ${when}.`
  const join = isCanceled ? null : link === null ? 'The link to join follows.' : `Join here: ${link}`
  const lines = ['Hello,', news, ...(isCanceled && reason !== null ? [reason] : [])]
  return {
    subject: oneLine(`${first}: ${title}, ${when}`),
    text: [...lines, ...(join === null ? [] : [join])].join('\n\n'),
    html: [
      ...lines.map((line) => `<p>${escapedHtml(line)}</p>`),
      ...(join === null
        ? []
        : [
            link === null ? `<p>${escapedHtml(join)}</p>` : `<p><a href="${escapedHtml(link)}">Join the meeting</a></p>`
          ])
    ].join('\n')
  }
}

/** For example `Tuesday, 1 December 2026 at 09:00 EST`, on the clock of the customer. */
function whenOf({ startsAt, customer }: Revision['content']): string {
  const options = { dateStyle: 'full', timeStyle: 'short' } as const
  const at = new Date(startsAt)
  const zone = customer.timezone ?? 'UTC'
  try {
    return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at)} (${zone})`
  } catch {
    return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at)} (UTC)`
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
