import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import { codeOf } from '../client/call-span.ts'
import { OutcomeUnknownError } from '../errors.ts'
import type { OutboundLogger } from '../logger.ts'
import type { Attempt, EffectQueries, FinishedAttempt } from './effect.queries.ts'
import type { EffectOutcome, PreviousAttempt, Resolution, SettledEffect } from './effect-request.ts'
import { findingOf, parked, stateAfter, type EffectRow } from './effect-state.ts'

/** Effects that are run in one go; `perform` gets the attempts that are to be made. */
export type RunRequest<Response> = Resolution<Response> & {
  readonly vendor: string
  readonly operation: string
  readonly causedAt?: Date | undefined
  readonly effects: readonly { readonly key: string; readonly digest: string }[]
  readonly perform: (attempts: readonly Attempt[]) => Promise<ReadonlyMap<string, EffectOutcome<Response>>>
}

/** `underWay`: another run makes the call just now. */
export type RanEffect<Response> = SettledEffect<Response> & { readonly underWay?: true }

export type EffectRunner = <Response>(request: RunRequest<Response>) => Promise<Map<string, RanEffect<Response>>>

/** When to come back at the latest while another run makes the call. */
const LONGEST_RETRY_AFTER_MS = 30_000

/** A response that cannot be noted makes a done effect unknown, so noting it is tried again shortly. */
const NOTE_AGAIN_AFTER_MS = [100, 500]

/** Keeps the ledger readable; the whole error is in the log. */
const LONGEST_ERROR_TEXT = 500

export function createEffectRunner(parts: {
  queries: EffectQueries
  leaseMs: number
  clock: () => Date
  logger: OutboundLogger
}): EffectRunner {
  const { queries, leaseMs, clock, logger } = parts
  const leaseFromNow = (): { now: Date; until: Date } => {
    const now = clock()
    return { now, until: new Date(now.getTime() + leaseMs) }
  }

  /** Keeps the attempts' lease while the work lasts. */
  const leased = async <T>(attempts: readonly Attempt[], work: () => Promise<T>): Promise<T> => {
    const extend = (): void => {
      queries.extend(attempts, leaseFromNow().until).catch((error: unknown) => {
        logger.warn(
          { err: error, keys: attempts.map(({ key }) => key) },
          'the lease of an effect could not be extended'
        )
      })
    }
    const timer = setInterval(extend, leaseMs / 3)
    timer.unref()
    try {
      return await work()
    } finally {
      clearInterval(timer)
    }
  }

  const note = async (finished: readonly FinishedAttempt[]): Promise<Set<string>> => {
    for (let again = 0; ; again++) {
      try {
        return await queries.finish(finished, clock())
      } catch (error) {
        const wait = NOTE_AGAIN_AFTER_MS[again]
        if (wait === undefined) throw ledgerUnavailable(error)
        await delay(wait)
      }
    }
  }

  return async <Response>(request: RunRequest<Response>) => {
    const { vendor, operation, effects } = request
    const names = { vendor, operation }
    const settled = new Map<string, RanEffect<Response>>()
    const lease = leaseFromNow()

    const begun = await asked(() => queries.begin(effects, names, lease))
    const lookFirst =
      request.policy === 'look-up' && (await asked(() => queries.looksFirst(lease.now, request.causedAt)))
    const toPerform: Attempt[] = lookFirst ? [] : [...begun].map((key) => ({ key, attempt: 1 }))
    const digests = new Map(effects.filter(({ key }) => !begun.has(key)).map(({ key, digest }) => [key, digest]))
    const rows = digests.size > 0 ? await asked(() => queries.find([...digests.keys()])) : []

    const taken = new Map<string, { row: EffectRow; unresolved: boolean }>()
    for (const row of rows) {
      const finding = findingOf(row, digests.get(row.key) ?? '', lease.now)
      if (finding.kind === 'done') {
        settled.set(row.key, { ok: true, response: finding.response as Response, how: 'repeated' })
      } else if (finding.kind === 'refused') settled.set(row.key, { ok: false, error: finding.error })
      else if (finding.kind === 'in-progress') settled.set(row.key, inProgress(row, finding.until, lease.now))
      else taken.set(row.key, { row, unresolved: finding.kind === 'unresolved' })
    }

    const previous = [...taken.values()].map(({ row }) => ({ ...row, digest: digests.get(row.key) ?? '' }))
    const claimed = previous.length > 0 ? await asked(() => queries.claim(previous, lease)) : new Set<string>()
    const toResolve: EffectRow[] = lookFirst ? [...begun].map((key) => forgotten(key, names, lease.now)) : []
    for (const { row, unresolved } of taken.values()) {
      if (!claimed.has(row.key)) settled.set(row.key, inProgress(row, lease.until, lease.now))
      else if ((!unresolved && !lookFirst) || request.policy === 'upsert' || request.policy === 'vendor-key')
        toPerform.push(next(row))
      else toResolve.push(row)
    }
    if (toResolve.length > 0) {
      logger.warn({ ...names, policy: request.policy, keys: toResolve.map(({ key }) => key) }, 'effects are unresolved')
    }

    const attempts = [...toPerform, ...toResolve.map(next)]
    if (attempts.length === 0) return settled
    return leased(attempts, async () => {
      const finished: FinishedAttempt[] = []
      const end = (attempt: Attempt, outcome: EffectOutcome<Response>, how: 'performed' | 'reconciled'): void => {
        finished.push(finishedAttempt(attempt, outcome))
        if (outcome.outcome === 'done') settled.set(attempt.key, { ok: true, response: outcome.response, how })
        else settled.set(attempt.key, { ok: false, error: outcome.error ?? unanswered(names, attempt) })
      }

      await Promise.all(
        toResolve.map(async (row) => {
          if (request.policy !== 'look-up') {
            finished.push({ ...next(row), state: 'parked', response: null, error: row.error })
            settled.set(row.key, { ok: false, error: parked(row) })
            return
          }
          try {
            const found = await request.reconcile(previousAttempt(row))
            if (found.found) end(next(row), { outcome: 'done', response: found.response }, 'reconciled')
            else toPerform.push(next(row))
          } catch (error) {
            // Whatever kept it from looking: it is as unknown as before.
            end(next(row), { outcome: 'unknown', error: asError(error) }, 'reconciled')
          }
        })
      )

      if (toPerform.length > 0) {
        const outcomes = await performed(() => request.perform(toPerform), toPerform)
        for (const attempt of toPerform) end(attempt, outcomes.get(attempt.key) ?? { outcome: 'unknown' }, 'performed')
      }

      const noted = await note(finished)
      const lost = finished.filter(({ key, state }) => state === 'done' && !noted.has(key)).map(({ key }) => key)
      if (lost.length > 0) {
        logger.warn({ ...names, keys: lost }, 'effects were taken over by another run before they ended here')
        for (const row of await asked(() => queries.find(lost))) settled.set(row.key, afterTakeover(row))
      }
      return settled
    })
  }
}

async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    throw ledgerUnavailable(error)
  }
}

/** What is thrown counts for every attempt. */
async function performed<Response>(
  perform: () => Promise<ReadonlyMap<string, EffectOutcome<Response>>>,
  attempts: readonly Attempt[]
): Promise<ReadonlyMap<string, EffectOutcome<Response>>> {
  try {
    return await perform()
  } catch (error) {
    return new Map(attempts.map(({ key }) => [key, { outcome: stateAfter(error), error: asError(error) }]))
  }
}

function next(row: EffectRow): Attempt {
  return { key: row.key, attempt: row.attempt + 1 }
}

/** An attempt that the ledger may have forgotten, since it came back from a backup. */
function forgotten(key: string, names: { vendor: string; operation: string }, now: Date): EffectRow {
  const unknown = { state: 'unknown', lease_until: null, request_digest: '', response: null, error: null } as const
  return { key, ...names, ...unknown, attempt: 0, updated_at: now }
}

export function previousAttempt(row: EffectRow): PreviousAttempt {
  const { key, vendor, operation, attempt, error } = row
  return { key, vendor, operation, attempt, at: row.updated_at, error }
}

function finishedAttempt(attempt: Attempt, outcome: EffectOutcome<unknown>): FinishedAttempt {
  if (outcome.outcome === 'done') return { ...attempt, state: 'done', response: outcome.response, error: null }
  const error = outcome.error ? `${codeOf(outcome.error)}: ${outcome.error.message}`.slice(0, LONGEST_ERROR_TEXT) : null
  return { ...attempt, state: outcome.outcome, response: null, error }
}

function afterTakeover<Response>(row: EffectRow): SettledEffect<Response> {
  if (row.state === 'done') return { ok: true, response: row.response as Response, how: 'repeated' }
  const message = `Another run took over effect ${row.key} because this one was silent for too long. Make the lease longer than the call's time-out.`
  return { ok: false, error: new TransientError('EFFECT_LEASE_LOST', message) }
}

function inProgress(row: EffectRow, until: Date | null, now: Date): RanEffect<never> {
  const left = until === null ? 0 : until.getTime() - now.getTime()
  const message = `Effect ${row.key} of ${row.vendor} ${row.operation} is under way in another run.`
  const retryAfterMs = Math.min(Math.max(left, 1_000), LONGEST_RETRY_AFTER_MS)
  return {
    ok: false,
    underWay: true,
    error: new TransientError('EFFECT_IN_PROGRESS', message, { retryAfterMs, countsAsAttempt: false })
  }
}

function unanswered(names: { vendor: string; operation: string }, attempt: Attempt): OutcomeUnknownError {
  const message = `The answer of ${names.vendor} ${names.operation} says nothing about effect ${attempt.key}.`
  return new OutcomeUnknownError(message, { reason: 'unreadable-answer' })
}

function ledgerUnavailable(cause: unknown): TransientError {
  const message = `The effect ledger cannot be used${stateOf(cause)}. Check the database and that its migration ran.`
  return new TransientError('EFFECT_LEDGER_UNAVAILABLE', message, { cause, countsAsAttempt: false })
}

/** The server's code only: its messages may quote values. 53100 is a full disk. */
function stateOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code
  return typeof code === 'string' ? ` (${code})` : ''
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
