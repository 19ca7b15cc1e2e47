import type { AnswerOf } from '../api/client.ts'
import { sentence } from './names.ts'

type Call = Pick<AnswerOf<'/v1/calls'>['data'][number], 'number' | 'direction' | 'step' | 'fellBack' | 'flow'>
type Turn = AnswerOf<'/v1/calls/{id}'>['turns'][number]
type Input = NonNullable<Turn['input']>
type Spoken = Turn['said'][number]

/** A length as a clock shows it: `0:07`, `12:05`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return hours === 0 ? `${String(minutes)}:${two(rest)}` : `${String(hours)}:${two(minutes)}:${two(rest)}`
}

/** Who is at the other end, as far as it is known. */
export function otherEnd(call: Pick<Call, 'number'>, lead: { name: string | null; email: string } | null): string {
  if (lead !== null) return lead.name ?? lead.email
  return call.number === null || call.number === '' || !/\d/.test(call.number) ? 'Number withheld' : call.number
}

/** Where a live call is: the step's own name where it has one. */
export function whereItIs({ step, fellBack, flow }: Call): string {
  if (step !== null) return step.label ?? sentence(step.id)
  if (fellBack !== null)
    return fellBack.number === null ? 'Was asked to call again' : `Put through to ${fellBack.number}`
  return flow === null ? 'Not in a flow' : 'At the end of its flow'
}

const REASONS: Readonly<Record<string, string>> = {
  NUMBER_HAS_NO_FLOW: 'the number has no flow',
  DEAD_END: 'the flow led nowhere',
  STEP_UNKNOWN: 'the flow named a step that it does not have',
  TOO_MANY_STEPS: 'the call took more steps than any person would'
}

/** Why a call left its flow. */
export function whyItFellBack(reason: string): string {
  const twilio = /^TWILIO_(\d+)$/.exec(reason)?.[1]
  if (twilio !== undefined) return `Twilio got no usable answer (its error ${twilio})`
  return REASONS[reason] ?? sentence(reason.toLowerCase().replaceAll('_', '-'))
}

/** What a caller did, in a few words; null where the call only began. */
export function whatTheyDid(input: Input | null): string | null {
  if (input === null) return 'What they did was erased'
  switch (input.kind) {
    case 'started':
      return null
    case 'digits':
      return `Pressed ${input.digits}`
    case 'speech':
      return `Said “${input.text}”`
    case 'nothing':
      return 'Did nothing'
    case 'recorded':
      return `Left a message of ${clock(input.seconds)}`
    case 'dialed':
      return `Put through: ${input.status.replaceAll('-', ' ')}`
    case 'left-queue':
      return `Left the queue: ${input.result.replaceAll('-', ' ')}`
    case 'hung-up':
      return 'Hung up'
    default:
      return sentence((input as { kind: string }).kind)
  }
}

/** What was done with the call, for what is not said; the text stands beside it. */
export function whatWasDone({ kind, text }: Spoken): string {
  switch (kind) {
    case 'say':
      return `“${text ?? ''}”`
    case 'play':
      return `Played ${text ?? 'a recording'}`
    case 'dial':
      return `Rang ${text ?? ''}`
    case 'conference':
      return `Joined the conference ${text ?? ''}`
    case 'record':
      return 'Recorded a message'
    case 'queue':
      return `Waited in the queue ${text ?? ''}`
    case 'hangup':
      return 'Ended the call'
  }
}

/** How a queue stands: who waits in it, and since when the first. */
export interface QueueStanding {
  readonly queue: string
  readonly waiting: number
  readonly oldest: string
}

/** The queues in which somebody waits, the longest wait first. */
export function queuesOf(calls: readonly Pick<Call, 'step'>[]): QueueStanding[] {
  const queues = new Map<string, QueueStanding>()
  for (const { step } of calls) {
    if (step?.kind !== 'queue') continue
    const queue = step.queue ?? step.id
    const known = queues.get(queue)
    const oldest = known === undefined || Date.parse(step.since) < Date.parse(known.oldest) ? step.since : known.oldest
    queues.set(queue, { queue, waiting: (known?.waiting ?? 0) + 1, oldest })
  }
  return [...queues.values()].sort((a, b) => Date.parse(a.oldest) - Date.parse(b.oldest))
}

/** The state to show: a live call of which nothing was heard for too long is stuck. */
export function shownState(
  call: { readonly status: string; readonly step: Call['step']; readonly overdueAt: string | null },
  nowMs: number
): string {
  if (call.overdueAt === null) return call.status
  if (Date.parse(call.overdueAt) < nowMs) return 'stuck'
  return call.step?.kind === 'queue' ? 'waiting' : call.status
}

/** A number that somebody typed, as the API wants it. */
export function typedNumber(typed: string): string {
  return typed.replace(/[\s().-]/g, '')
}
