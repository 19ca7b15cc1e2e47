import { setTimeout as delay } from 'node:timers/promises'
import { ReplayCompleted, ReplayStarted, ReplayStopped, type Actor } from '@leadlog/contracts'
import { askService, type ActResult, type OperationsLog } from './dead-letter-acts.ts'
import { recordOfRun } from './run-events.ts'

export interface ReplayRequest {
  readonly service: string
  readonly handler: string
  readonly stream: string
  /** Of the messages, ascending; at least one. */
  readonly sequences: readonly number[]
  /** Effects on the outside to make once more, by the names that the handler gives them; none by default. */
  readonly repeatEffects?: readonly string[] | undefined
  /** Names the run: letters, digits, dash and underscore. */
  readonly runId: string
  readonly actor: Actor
  /** Messages a second, so that a replay never stands in front of what happens now; 10 by default. */
  readonly perSecond?: number | undefined
  /** How long the service may take for one; 3 min by default. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined
}

/** Why a replay ended before all messages were given. */
export interface ReplayStop {
  readonly because: 'failure' | 'no-answer' | 'aborted'
  /** The first message that is left: where another run begins. */
  readonly atSequence: number
  readonly code: string | null
  readonly message: string | null
}

export interface ReplayReport {
  readonly runId: string
  readonly total: number
  readonly replayed: number
  readonly failed: number
  /** Gone from the stream, or not the handler's. */
  readonly refused: number
  readonly remaining: number
  readonly stopped: ReplayStop | null
}

const PER_SECOND = 10
/** Says nothing about a single message: it would be the same for all. */
const REFUSES_ALL = new Set(['OPS_HANDLER_UNKNOWN', 'OPS_EFFECT_UNKNOWN'])

/**
 * Gives a handler messages that it had before, one after another in their order, no faster than told. What they recorded
 * and sent then is found and not repeated, other than the named effects. Ends at the first failure and when the service
 * does not answer. Beginning and end are events.
 *
 * @throws TypeError for a service without handlers; as EventLog.sendCommand and record
 */
export async function replayMessages(log: OperationsLog, request: ReplayRequest): Promise<ReplayReport> {
  const { sequences, runId } = request
  const facts = factsOf(request)
  await recordOfRun(log, 'replay', request, ReplayStarted, facts)
  const counts = { replayed: 0, failed: 0, refused: 0 }
  const stopped = await giveAll(log, request, counts)
  const remaining = sequences.length - counts.replayed - counts.failed - counts.refused
  if (stopped) await recordOfRun(log, 'replay', request, ReplayStopped, { ...facts, ...counts, remaining, ...stopped })
  else await recordOfRun(log, 'replay', request, ReplayCompleted, { ...facts, ...counts, remaining })
  return { runId, total: sequences.length, ...counts, remaining, stopped }
}

async function giveAll(
  log: OperationsLog,
  request: ReplayRequest,
  counts: { replayed: number; failed: number; refused: number }
): Promise<ReplayStop | null> {
  const { sequences, perSecond = PER_SECOND, signal, onProgress } = request
  const began = performance.now()
  for (const [index, atSequence] of sequences.entries()) {
    await untilDue(began + (index * 1_000) / perSecond, signal)
    if (signal?.aborted) return { because: 'aborted', atSequence, code: null, message: null }
    const result = await give(log, request, atSequence)
    if (result.kind === 'waiting') return { because: 'no-answer', atSequence, code: null, message: null }
    if (result.kind === 'refused' && REFUSES_ALL.has(result.code)) {
      return { because: 'failure', atSequence, code: result.code, message: result.message }
    }
    if (result.kind === 'failed') {
      counts.failed += 1
      return { because: 'failure', atSequence, code: result.code, message: result.message }
    }
    if (result.kind === 'refused') counts.refused += 1
    else counts.replayed += 1
    onProgress?.({ done: index + 1, total: sequences.length })
  }
  return null
}

function give(log: OperationsLog, request: ReplayRequest, sequence: number): Promise<ActResult> {
  const { service, handler, stream, repeatEffects = [], runId, actor, timeoutMs } = request
  const data = { handler, stream, sequence, repeatEffects: [...repeatEffects] }
  const key = `replay/${runId}/${handler}/${String(sequence)}`
  return askService(log, service, 'ReplayMessage', data, { actor, key, timeoutMs })
}

/** An abort ends the waiting without an error: the caller looks. */
async function untilDue(at: number, signal: AbortSignal | undefined): Promise<void> {
  const rest = at - performance.now()
  if (rest > 0) await delay(rest, undefined, signal ? { signal } : {}).catch(() => undefined)
}

function factsOf({ runId, service, handler, stream, sequences, repeatEffects = [] }: ReplayRequest) {
  return {
    runId,
    service,
    handler,
    stream,
    fromSequence: sequences[0] ?? 0,
    toSequence: sequences.at(-1) ?? 0,
    total: sequences.length,
    repeatEffects: [...repeatEffects]
  }
}
