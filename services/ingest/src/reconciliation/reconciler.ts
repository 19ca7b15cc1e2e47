import {
  derivedId,
  isEvent,
  newEvent,
  ReconciliationCompleted,
  type Actor,
  type DataOf,
  type Lane,
  type ReconciliationStarted
} from '@leadlog/contracts'
import type { EventLog, TransactRequest, TransactResult } from '@leadlog/event-log'
import type { Clock, Logger } from '@leadlog/service'
import type { Provider } from '../providers/provider.ts'
import { storeDelivery, type WebhookStore } from '../webhooks/receive-webhook.ts'
import { assertGoing } from './ended.ts'
import { compare, type Findings, type Ingest } from './compare.ts'
import { knownWebhooks } from './known-webhooks.ts'
import type { PulledItem, PullSource, Window } from './pulled-item.ts'
import type { ReconciliationMetrics } from './reconciliation-metrics.ts'
import { decideStart, historyId, runRefs, runsOf, type Runs } from './reconciliation.ts'
import { reconciliationWindow } from './window.ts'

/** A run that takes longer is ended; it begins again where the next one does, and finds what it ingested. */
const LONGEST_RUN_MS = 20 * 60_000
/** The record of a run that was ended has this long to be written before another may start. */
const CLOSING_MS = 60_000

type Started = DataOf<typeof ReconciliationStarted>

/** What somebody, or the schedule, asks for. */
export interface ReconciliationRequest {
  readonly source: string
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly trigger: Started['trigger']
  /** Looks and says what is missing; ingests and records nothing. */
  readonly dryRun?: boolean
  readonly actor?: Actor
  /** Records the run as what follows from a command, whose id names it. */
  readonly on?: RunRecord
  readonly signal?: AbortSignal
}

/** How a run is recorded, and what it is called: the same for a repetition, which then goes on instead of beginning. */
export interface RunRecord {
  readonly runId: string
  /** The run's own clock: the same at a repetition. */
  readonly startedAt: Date
  transact(request: Pick<TransactRequest, 'load' | 'decide'> & { readonly step: string }): Promise<TransactResult>
}

/** What came of it. */
export type ReconciliationResult =
  | { readonly kind: 'done'; readonly runId: string; readonly window: Window; readonly findings: Findings }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

export interface ReconcilerOptions {
  readonly sources: readonly { readonly source: PullSource; readonly provider: Provider }[]
  readonly log: Pick<EventLog, 'batches' | 'lastSequence' | 'sequenceAt' | 'load' | 'transact'>
  readonly store: WebhookStore
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: ReconciliationMetrics
  /** Of this process; tells runs apart that start at the same moment. */
  readonly processId: string
  readonly everyMs: number
  readonly windowMs: number
  readonly rememberedMs: number
}

/** Compares what providers list with what came as webhooks. */
export interface Reconciler {
  /** The sources that can be asked. */
  readonly sources: readonly string[]
  /**
   * Compares and ingests what is missing, through the path of webhooks and under their keys. Safe at any time and any
   * number of times; one run of a source at a time over all processes.
   *
   * @throws PermanentError INGEST_RECONCILIATION_WINDOW; TransientError EVENT_LOG_UNAVAILABLE where not even the start
   * could be recorded. What goes wrong later is in the findings.
   */
  run(request: ReconciliationRequest): Promise<ReconciliationResult>
  /** What is known of a source's runs, this month's and the last one's. */
  runs(source: string): Promise<Runs>
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { log, clock, logger, metrics } = options
  const known = new Map(options.sources.map((entry) => [entry.source.name, entry]))

  const runs = async (source: string): Promise<Runs> => {
    const histories = await Promise.all(runRefs(source, clock.now()).map((ref) => log.load(ref)))
    return runsOf(histories.flatMap(({ events }) => events))
  }

  const ingestWith =
    (provider: Provider, source: PullSource, actor: Actor): Ingest =>
    async (item) => {
      const body = Buffer.from(JSON.stringify(await item.webhook()))
      const delivery = { headers: {}, body, source: '', url: '', now: clock.now() }
      const arrival = { verdict: { scheme: source.scheme }, contentType: 'application/json', actor }
      const { eventId, duplicate } = await storeDelivery(provider, delivery, arrival, options.store)
      return { eventId, isNew: !duplicate }
    }

  const recordOf = ({ runId, startedAt }: Started, actor: Actor): RunRecord => ({
    runId,
    startedAt: new Date(startedAt),
    transact: ({ step, ...request }) =>
      log.transact({
        cause: { id: runId, correlationId: runId },
        handler: `ingest-reconcile/${step}`,
        actor,
        ...request
      })
  })

  const look: Ingest = (item) => Promise.resolve({ eventId: item.resources.join(' '), isNew: true })

  const findings = (source: PullSource, window: Window, ingest: Ingest, lane: Lane, signal: AbortSignal) =>
    compare(
      until(source.list(window, { lane, signal }), signal),
      () => knownWebhooks(log, source.name, window.from, signal),
      ingest
    )

  return {
    sources: [...known.keys()],
    runs,
    async run({ source: name, from, to, trigger, dryRun = false, actor = 'service:ingest', on, signal }) {
      const entry = known.get(name)
      if (!entry) return notConfigured(name, [...known.keys()])
      const { source, provider } = entry
      const now = on?.startedAt ?? clock.now()
      const window = reconciliationWindow({
        from,
        to,
        now,
        defaultMs: options.windowMs,
        graceMs: source.graceMs,
        rememberedMs: options.rememberedMs
      })
      const lane = trigger === 'command' ? 'person' : 'bulk'
      const ended = AbortSignal.any([AbortSignal.timeout(LONGEST_RUN_MS), ...(signal ? [signal] : [])])
      if (dryRun) {
        return { kind: 'done', runId: '', window, findings: await findings(source, window, look, lane, ended) }
      }

      const run: Started = {
        runId: on?.runId ?? derivedId('reconciliation', name, now.toISOString(), options.processId),
        source: name,
        from: window.from.toISOString(),
        to: window.to.toISOString(),
        trigger,
        startedAt: now.toISOString(),
        endsBy: new Date(now.getTime() + LONGEST_RUN_MS + CLOSING_MS).toISOString()
      }
      const record = on ?? recordOf(run, actor)
      const started = await record.transact({
        step: 'start',
        load: runRefs(name, now),
        decide: (histories) =>
          decideStart(runsOf(histories.flatMap(({ events }) => events)), { ...run, everyMs: options.everyMs })
      })
      if ('refusal' in started) return { kind: 'refused', ...textOf(started.refusal) }
      logger.info({ source: name, runId: run.runId, from: run.from, to: run.to, trigger }, 'a reconciliation begins')

      const found = await findings(source, window, ingestWith(provider, source, actor), lane, ended)
      const completed = { ...omitEnd(run), completedAt: clock.now().toISOString(), ...found }
      const ending = await record.transact({
        step: 'complete',
        load: [],
        decide: () => [newEvent(ReconciliationCompleted, historyId(name, now), completed)]
      })
      // A command that comes again after its run was recorded answers what the record says.
      if ('events' in ending && ending.repeated) {
        const before = ending.events.find((event) => isEvent(event, ReconciliationCompleted))
        return { kind: 'done', runId: run.runId, window, findings: before?.data ?? found }
      }
      metrics.completed(completed)
      const { ingestedIds, listed, complete, problem, failed } = found
      const fields = { source: name, runId: run.runId, listed, ingested: ingestedIds.length, failed, complete, problem }
      if (complete && ingestedIds.length === 0 && failed === 0)
        logger.info(fields, 'a reconciliation found nothing missing')
      else
        logger.warn(
          fields,
          complete ? 'webhooks were lost; they are ingested now' : 'a reconciliation could not see everything'
        )
      return { kind: 'done', runId: run.runId, window, findings: found }
    }
  }
}

/** Ends between two items, also where the source looks at no signal. */
async function* until(
  items: AsyncIterable<PulledItem>,
  signal: AbortSignal
): AsyncGenerator<PulledItem, void, undefined> {
  for await (const item of items) {
    assertGoing(signal)
    yield item
  }
}

function notConfigured(name: string, sources: readonly string[]): ReconciliationResult {
  const others = sources.length === 0 ? 'No source has a token' : `Sources with a token: ${sources.join(', ')}`
  return {
    kind: 'refused',
    code: 'INGEST_RECONCILIATION_NOT_CONFIGURED',
    message: `"${name}" cannot be reconciled: set its API token (CALENDLY_API_TOKEN, READAI_API_KEY). ${others}`
  }
}

function textOf({ code, message }: { code: string; message: string }): { code: string; message: string } {
  return { code, message }
}

function omitEnd({ endsBy: _, ...run }: Started): Omit<Started, 'endsBy'> {
  return run
}
