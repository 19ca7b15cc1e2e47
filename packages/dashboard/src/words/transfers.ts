import type { AnswerOf } from '../api/client.ts'

type Call = AnswerOf<'/v1/calls'>['data'][number]
type Transfer = NonNullable<Call['transfer']>

const SETTLED: ReadonlySet<Transfer['stage']> = new Set(['with-colleague', 'with-agent'])
const UNDER_WAY: ReadonlySet<Transfer['stage']> = new Set(['moving', 'calling', 'introducing'])

/** Whether a caller is being handed over right now. */
export function isHandedOver({ stage }: Pick<Transfer, 'stage'>): boolean {
  return UNDER_WAY.has(stage)
}

/** Whether the caller talks to one of us, and so can be handed to another. */
export function mayTransfer(
  call: Pick<Call, 'live' | 'fellBack' | 'step' | 'transfer' | 'flow' | 'dialId' | 'status'>
): boolean {
  const { live, fellBack, step, transfer, flow, dialId, status } = call
  if (!live || fellBack !== null) return false
  if (transfer !== null && isHandedOver(transfer)) return false
  if (transfer !== null && SETTLED.has(transfer.stage)) return true
  // A call of ours that rings one of us once it is answered goes through no flow.
  return step?.kind === 'dial' || (dialId !== null && flow === null && status === 'in-progress')
}

/** Where a transfer is, as a sentence; null where there is nothing to say any more. */
export function transferWords(transfer: Transfer): string | null {
  const who = transfer.to ?? 'a colleague'
  switch (transfer.stage) {
    case 'moving':
      return `Is being handed to ${who}`
    case 'calling':
      return `On hold while ${who} rings`
    case 'introducing':
      return `On hold while you talk to ${who}`
    case 'with-colleague':
      return `Talks to ${who}`
    case 'with-agent':
      return `Talks to whoever wanted to hand them over: ${who} did not come`
    case 'fell-back':
      return `Nobody was left to talk to after ${who} was called`
    case 'over':
      return null
  }
}

/** Numbers that callers were handed to lately, the latest first, each once. */
export function colleaguesOf(calls: readonly Pick<Call, 'transfer'>[]): string[] {
  const newest = calls.flatMap(({ transfer }) => (transfer?.to ? [{ to: transfer.to, at: transfer.requestedAt }] : []))
  newest.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return [...new Set(newest.map(({ to }) => to))]
}
