import {
  PermanentError,
  Reconcile,
  ReconciliationCompleted,
  ReconciliationStarted,
  refuse,
  type CommandResult,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { Reconciler, ReconciliationResult } from './reconciler.ts'

/** Ids that an answer names; the record of the run has all. */
const MAX_MISSING = 1_000

/** Somebody wants to know, now, whether webhooks were lost. */
export const reconcileCommand = defineCommandHandler({
  command: Reconcile,
  emits: [ReconciliationStarted, ReconciliationCompleted],
  handle: async ({ source, from, to, dryRun = false }, { reconciler }: { reconciler: Reconciler }, context) => {
    try {
      const result = await reconciler.run({
        source,
        from: timeOf(from),
        to: timeOf(to),
        dryRun,
        trigger: 'command',
        actor: context.actor,
        signal: context.signal,
        on: { runId: context.commandId, startedAt: new Date(context.sentAt), transact: context.transact }
      })
      return answerOf(result, dryRun)
    } catch (error) {
      if (error instanceof PermanentError && error.code === 'INGEST_RECONCILIATION_WINDOW') {
        return refuse(error.code, error.message)
      }
      throw error
    }
  }
})

function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const time = new Date(text)
  if (!Number.isNaN(time.getTime())) return time
  throw new PermanentError('INGEST_RECONCILIATION_WINDOW', `"${text}" is no time: write it as 2026-11-18T00:00:00Z`)
}

function answerOf(result: ReconciliationResult, dryRun: boolean): CommandResult<typeof Reconcile> | Refusal {
  if (result.kind === 'refused') return refuse(result.code, result.message)
  const { complete, listed, known, ingested, failed, ingestedIds, problem } = result.findings
  return {
    runId: dryRun ? null : result.runId,
    from: result.window.from.toISOString(),
    to: result.window.to.toISOString(),
    complete,
    listed,
    known,
    ingested,
    failed,
    missing: ingestedIds.slice(0, MAX_MISSING),
    problem
  }
}
