import type { Alert } from './alert.ts'

/** Characters of a failure's message that an alert shows; the dead letter has the rest. */
const MESSAGE_LENGTH = 300

/** The message in Slack's mrkdwn. Foreign text is escaped, so that it cannot ping anybody or fake a link. */
export function alertText(alert: Alert, gatewayUrl: string | undefined): string {
  const first = alert.failures[0]
  if (!first) return ''
  const { service, handler, code, message, eventType, reason, attempt } = first.data
  const count = alert.failures.length
  const heading =
    count === 1
      ? `:warning: *${escape(service)} gave up* on ${escape(eventType ?? 'an unreadable message')}`
      : `:rotating_light: *${escape(service)} gave up ${count} times* in the same way (first ${first.at}, last ${alert.failures.at(-1)?.at ?? first.at})`
  const link = gatewayUrl
    ? `<${gatewayUrl}/v1/dead-letters/${first.deadLetterId}|dead letter>`
    : `dead letter \`${first.deadLetterId}\``
  return [
    heading,
    `*${escape(code)}* in ${escape(handler)}: ${escape(shorten(message))}`,
    `${reasonText(reason, attempt)} · ${link} · ref ${alert.alertId.slice(0, 8)}`
  ].join('\n')
}

function reasonText(reason: string, attempt: number): string {
  if (reason === 'permanent') return 'no repetition would mend it'
  return reason === 'unreadable' ? 'the message cannot be read' : `after ${attempt} attempts`
}

function shorten(text: string): string {
  return text.length <= MESSAGE_LENGTH ? text : `${text.slice(0, MESSAGE_LENGTH - 1)}…`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
