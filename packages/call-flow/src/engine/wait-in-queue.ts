import type { FlowDocument, FlowStep } from '@leadlog/contracts'
import { soundsOf } from './sounds.ts'
import type { Verb } from './verb.ts'

/** Between two announcements. */
const PAUSE_SECONDS = 20

/** What somebody hears who waits in a queue: the announcement, and silence, until it has taken too long. */
export function waitInQueue(
  flow: FlowDocument,
  step: FlowStep | undefined,
  variables: Readonly<Record<string, string>>,
  waitedSeconds: number
): readonly Verb[] {
  if (step?.kind !== 'queue' || waitedSeconds >= step.maxWaitSeconds) return [{ verb: 'leave' }]
  const seconds = Math.min(PAUSE_SECONDS, step.maxWaitSeconds - waitedSeconds)
  return [...soundsOf(flow, [step.prompt], variables), { verb: 'pause', seconds: Math.max(1, seconds) }]
}
