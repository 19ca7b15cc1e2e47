import type { Actor } from '@leadlog/contracts'
import {
  retryDeadLetter,
  simulateDeadLetter,
  type ActResult,
  type DeadLetterPlace,
  type OperationsLog
} from './dead-letter-acts.ts'
import { recordCompleted, recordStarted, recordStopped } from './redrive-events.ts'
import type { RedriveReport, RedriveStop } from './redrive-report.ts'

export interface RedriveRequest {
  /** The open dead letters of one group, oldest first. */
  readonly letters: readonly DeadLetterPlace[]
  /** What they have in common. */
  readonly fingerprint: string
  /** Names the run; the same again goes on where it was. Letters, digits, dash and underscore. */
  readonly runId: string
  readonly actor: Actor
  /** How many go live one by one before the rest; 5 by default. */
  readonly canaries?: number | undefined
  /** How many of the rest at once; 20 by default. */
  readonly batchSize?: number | undefined
  /** How long a service may take for one; 3 min by default. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: RedriveProgress) => void) | undefined
}

export type RedrivePhase = 'simulate' | 'canary' | 'rest'

export interface RedriveProgress {
  readonly phase: RedrivePhase
  readonly done: number
  readonly total: number
}

const CANARIES = 5
const BATCH_SIZE = 20
const CANNOT_SIMULATE = 'OPS_CANNOT_SIMULATE'

/**
 * Tries a group of dead letters again without making things worse: all dry first where the service can, then a few live,
 * then the rest in batches. Stops at the first failure that was seen before, the group's own included, and when the
 * service does not answer. Beginning and end are events.
 *
 * @throws TypeError for a service without handlers; as EventLog.sendCommand and record
 */
export async function canaryRedrive(log: OperationsLog, request: RedriveRequest): Promise<RedriveReport> {
  const { letters, canaries = CANARIES, batchSize = BATCH_SIZE } = request
  await recordStarted(log, request, canaries)
  const run = createRun(log, request)
  const stopped =
    (await run.phase('simulate', letters, batchSize)) ??
    (await run.phase('canary', letters.slice(0, canaries), 1)) ??
    (await run.phase('rest', letters.slice(canaries), batchSize))
  const report = run.report(stopped)
  if (stopped) await recordStopped(log, request, report, stopped)
  else await recordCompleted(log, request, report)
  return report
}

function createRun(log: OperationsLog, request: RedriveRequest) {
  const { letters, actor, runId, timeoutMs, signal, onProgress } = request
  /** Failures seen so far in live runs, and that of the group. */
  const seen = new Set([request.fingerprint])
  const counts = { simulated: 0, resolved: 0, failedAgain: 0, failedOtherwise: 0, refused: 0 }
  let canSimulate = true

  const simulate = async (letter: DeadLetterPlace): Promise<ActResult> => {
    if (!canSimulate) return { kind: 'ok' }
    const result = await simulateDeadLetter(log, letter, { actor, timeoutMs, key: `redrive/${runId}/simulate` })
    if (result.kind === 'refused' && result.code === CANNOT_SIMULATE) canSimulate = false
    if (result.kind === 'ok') counts.simulated += 1
    return result
  }
  const retry = async (letter: DeadLetterPlace): Promise<ActResult> => {
    const result = await retryDeadLetter(log, letter, { actor, timeoutMs, key: `redrive/${runId}/live` })
    if (result.kind === 'ok') counts.resolved += 1
    if (result.kind === 'refused') counts.refused += 1
    if (result.kind === 'failed') counts[isSame(result) ? 'failedAgain' : 'failedOtherwise'] += 1
    return result
  }
  /** A failure without a fingerprint took the act down with it: that is no reason to go on. */
  const isSame = ({ fingerprint }: ActResult & { kind: 'failed' }): boolean =>
    fingerprint === '' || fingerprint === request.fingerprint

  /** Why to stop after this one; null to go on. */
  const judge = (phase: RedrivePhase, { id: letterId }: DeadLetterPlace, result: ActResult): RedriveStop | null => {
    if (result.kind === 'waiting') return { phase, because: 'no-answer', letterId, code: null, message: null }
    if (result.kind !== 'failed') return null
    const { code, message, fingerprint } = result
    const repeated = isSame(result) || seen.has(fingerprint)
    seen.add(fingerprint)
    return repeated ? { phase, because: 'same-failure', letterId, code, message } : null
  }

  return {
    /** Null when all of them were tried. */
    async phase(phase: RedrivePhase, some: readonly DeadLetterPlace[], atOnce: number): Promise<RedriveStop | null> {
      const act = phase === 'simulate' ? simulate : retry
      for (let start = 0; start < some.length; start += atOnce) {
        if (signal?.aborted) return { phase, because: 'aborted', letterId: null, code: null, message: null }
        const batch = some.slice(start, start + atOnce)
        const results = await Promise.all(batch.map(async (letter) => ({ letter, result: await act(letter) })))
        onProgress?.({ phase, done: start + batch.length, total: some.length })
        // All are judged: each says what was seen.
        const stops = results.map(({ letter, result }) => judge(phase, letter, result)).filter((stop) => stop !== null)
        if (stops[0]) return stops[0]
        if (phase === 'simulate' && !canSimulate) return null
      }
      return null
    },
    report(stopped: RedriveStop | null): RedriveReport {
      const { simulated, ...live } = counts
      const tried = live.resolved + live.failedAgain + live.failedOtherwise + live.refused
      return {
        runId,
        total: letters.length,
        simulated: canSimulate ? simulated : null,
        ...live,
        remaining: letters.length - tried,
        stopped
      }
    }
  }
}
