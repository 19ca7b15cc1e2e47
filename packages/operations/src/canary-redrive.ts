import type { Actor } from '@leadlog/contracts'
import {
  retryDeadLetter,
  simulateDeadLetter,
  type ActResult,
  type DeadLetterPlace,
  type OperationsLog
} from './dead-letter-acts.ts'

export interface RedriveRequest {
  /** The open dead letters of one group, oldest first. */
  readonly letters: readonly DeadLetterPlace[]
  /** What they have in common. */
  readonly fingerprint: string
  /** Names the run: the same again goes on where it was. */
  readonly runId: string
  readonly actor: Actor
  /** How many go live one by one before the rest; 5 by default. */
  readonly canaries?: number
  /** How many of the rest at once; 20 by default. */
  readonly batchSize?: number
  /** How long a service may take for one; 60 s by default. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: RedriveProgress) => void
}

export type RedrivePhase = 'simulate' | 'canary' | 'rest'

export interface RedriveProgress {
  readonly phase: RedrivePhase
  readonly done: number
  readonly total: number
}

/** Why a run ended before all were tried. */
export interface RedriveStop {
  readonly phase: RedrivePhase
  /** `same-failure`: the cause is not mended. `no-answer`: the service is not running, or busy. */
  readonly because: 'same-failure' | 'no-answer' | 'aborted'
  readonly letterId: string | null
  readonly code: string | null
  readonly message: string | null
}

export interface RedriveReport {
  readonly total: number
  /** Tried dry without a failure; null where the service cannot. */
  readonly simulated: number | null
  readonly resolved: number
  /** Failed as before, or so that the service could not say how; they stay open. */
  readonly failedAgain: number
  /** Failed in another way than before; they stay open. */
  readonly failedOtherwise: number
  /** Closed by somebody else meanwhile, or their message is gone. */
  readonly refused: number
  /** Not tried live. */
  readonly remaining: number
  readonly stopped: RedriveStop | null
}

const CANARIES = 5
const BATCH_SIZE = 20
const CANNOT_SIMULATE = 'OPS_CANNOT_SIMULATE'

/**
 * Tries a group of dead letters again without making things worse: all dry first where the service can, then a few live,
 * then the rest in batches. Stops at the first failure of the same kind.
 */
export async function canaryRedrive(log: OperationsLog, request: RedriveRequest): Promise<RedriveReport> {
  const { letters, canaries = CANARIES, batchSize = BATCH_SIZE } = request
  const counts = {
    simulated: 0 as number | null,
    resolved: 0,
    failedAgain: 0,
    failedOtherwise: 0,
    refused: 0,
    tried: 0
  }
  const report = (stopped: RedriveStop | null): RedriveReport => {
    const { tried, ...told } = counts
    return { total: letters.length, ...told, remaining: letters.length - tried, stopped }
  }

  const dry = await runPhase(request, 'simulate', letters, batchSize, async (letter) => {
    if (counts.simulated === null) return { kind: 'ok' }
    const result = await simulateDeadLetter(log, letter, optionsOf(request, 'simulate'))
    if (result.kind === 'refused' && result.code === CANNOT_SIMULATE) counts.simulated = null
    else if (result.kind === 'ok') counts.simulated += 1
    return result
  })
  if (dry) return report(dry)

  const live = async (letter: DeadLetterPlace): Promise<ActResult> => {
    const result = await retryDeadLetter(log, letter, optionsOf(request, 'live'))
    if (result.kind !== 'waiting') counts.tried += 1
    if (result.kind === 'ok') counts.resolved += 1
    else if (result.kind === 'refused') counts.refused += 1
    else if (isRepeat(result, request.fingerprint)) counts.failedAgain += 1
    else if (result.kind === 'failed') counts.failedOtherwise += 1
    return result
  }
  const stopped =
    (await runPhase(request, 'canary', letters.slice(0, canaries), 1, live)) ??
    (await runPhase(request, 'rest', letters.slice(canaries), batchSize, live))
  return report(stopped)
}

function optionsOf({ actor, runId, timeoutMs }: RedriveRequest, step: string) {
  return { actor, key: `redrive/${runId}/${step}`, timeoutMs }
}

/** A failure without a fingerprint took the act down with it: that is no reason to go on. */
function isRepeat(result: ActResult, fingerprint: string): result is ActResult & { kind: 'failed' } {
  return result.kind === 'failed' && (result.fingerprint === fingerprint || result.fingerprint === '')
}

/** Null when all of them were tried. */
async function runPhase(
  { fingerprint, signal, onProgress }: RedriveRequest,
  phase: RedrivePhase,
  letters: readonly DeadLetterPlace[],
  atOnce: number,
  run: (letter: DeadLetterPlace) => Promise<ActResult>
): Promise<RedriveStop | null> {
  for (let start = 0; start < letters.length; start += atOnce) {
    if (signal?.aborted) return { phase, because: 'aborted', letterId: null, code: null, message: null }
    const batch = letters.slice(start, start + atOnce)
    const results = await Promise.all(batch.map(async (letter) => ({ letter, result: await run(letter) })))
    onProgress?.({ phase, done: start + batch.length, total: letters.length })
    for (const { letter, result } of results) {
      if (isRepeat(result, fingerprint)) {
        const { code, message } = result
        return { phase, because: 'same-failure', letterId: letter.id, code, message }
      }
      if (result.kind === 'waiting')
        return { phase, because: 'no-answer', letterId: letter.id, code: null, message: null }
    }
  }
  return null
}
