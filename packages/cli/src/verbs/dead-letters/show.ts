import { randomUUID } from 'node:crypto'
import { ERASED } from '@leadlog/contracts'
import { findDeadLetter, noteReveal, withPayload, type DeadLetterWithPayload } from '@leadlog/gateway/read-models'
import type { Context } from '../../context.ts'
import { findLetters } from '../../dead-letters/find-letters.ts'
import { openReads } from '../../dead-letters/open-reads.ts'
import { flag } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { counted } from '../../output/quantity.ts'
import type { Style } from '../../output/style.ts'
import { OPERATOR } from '../../operator.ts'

export const verb = defineVerb({
  description:
    'Why it failed, what operators did about it, and its message. Without --reveal personal data stays sealed; with it the look is recorded.',
  arguments: { id: argument('id of the dead letter, or its beginning') },
  options: { reveal: flag('open personal data and the body of a webhook, which is recorded; needs the master key') },
  examples: [
    ['leadlog dead-letters show 3f0c', 'one dead letter'],
    ['leadlog dead-letters show 3f0c --reveal', 'with personal data']
  ],
  async run(context, { id, reveal }) {
    const db = await openReads(context)
    const [found] = await findLetters(db, [id])
    const letter = found && (await findDeadLetter(db, found.id))
    if (!letter) throw notFound(`There is no dead letter ${id}`)
    if (reveal) await noteReveal(await context.connect.openLog(), letter, { id: randomUUID(), actor: OPERATOR })
    const shown = await withPayload(letter, await sourceOf(context, reveal), reveal)
    return { value: shown, text: () => letterText(shown, context.out.style) }
  }
})

async function sourceOf({ connect }: Context, reveal: boolean) {
  if (reveal) return { log: await connect.openLog(), keyring: await connect.keyring() }
  return { log: await connect.sealedLog(), keyring: { openBytes: () => Promise.resolve(ERASED) } }
}

function letterText(letter: DeadLetterWithPayload, style: Style): string {
  const { id, state, service, handler, at, reason, attempts, code, message, fingerprint, stream, sequence } = letter
  const lines: [string, string][] = [
    ['dead letter', style.bold(id)],
    ['state', stateText(letter)],
    ['handler', `${service}/${handler}`],
    ['given up', `${at}, ${reason}, after ${counted(attempts, 'attempt')}`],
    ['because', `${code}: ${message}`],
    ['group', fingerprint],
    ['message', `${stream}:${String(sequence)} ${letter.eventType ?? ''} ${letter.eventId ?? ''}`.trim()],
    ['first cause', letter.receivedEventId]
  ]
  const { lastRetry } = letter
  if (lastRetry)
    lines.push(['last retry', `${lastRetry.at} by ${lastRetry.by}: ${lastRetry.code}: ${lastRetry.message}`])
  const width = Math.max(...lines.map(([name]) => name.length))
  const open = state === 'open' ? ['', `Next: leadlog dead-letters retry ${id}, or discard ${id} --reason …`] : []
  return [
    ...lines.map(([name, value]) => `${style.dim(name.padEnd(width))}  ${value}`),
    '',
    letter.payload === null
      ? `There is no message to show: ${letter.payloadMissing ?? ''}`
      : JSON.stringify(letter.payload, null, 2),
    ...open
  ].join('\n')
}

function stateText({ state, closedAt, closedBy, discardReason }: DeadLetterWithPayload): string {
  if (state === 'open') return 'open'
  return `${state} ${closedAt ?? ''} by ${closedBy ?? ''}${discardReason === null ? '' : `: ${discardReason}`}`
}
