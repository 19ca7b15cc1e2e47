import {
  OutcomeUnknown,
  PermanentError,
  RecordWritten,
  TransientError,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type EventOf,
  type Lane,
  type NewEvent
} from '@leadlog/contracts'
import { defineBatchReactor, type BatchItem, type BatchOutcome } from '@leadlog/service'
import type { RecordAnswer } from '../crm-provider.ts'
import { leadRef } from '../lead/lead-state.ts'
import type { MappingSource } from '../mapping/checked-mapping.ts'
import { planWrite, type WritePlan } from './plan-write.ts'
import {
  decideRefused,
  decideSimulated,
  decideUnchanged,
  decideUnknown,
  decideWritten,
  effectKeyOf,
  type RecordPlan
} from './record-outcomes.ts'
import type { RecordWriter } from './record-writer.ts'
import { mostUrgent, recordRef, recordStateOf, type RecordState } from './record.ts'

export interface WriteRecordsDeps {
  readonly mapping: MappingSource
  readonly records: RecordWriter
  /** Nothing is sent; what would be sent is recorded. */
  readonly dryRun: boolean
}

type Item = BatchItem<EventOf<typeof WriteQueued>>

/** The writes of one record in a batch. They share a fate. */
type Group = readonly [Item, ...Item[]]

/** The limit of every CRM here, and a size at which a call still answers within seconds. */
const MAX_BATCH = 100
/** Long enough for the events of one webhook to become one call, too short for a person to notice. */
const MAX_BATCH_WAIT_MS = 200
/** Calls under way at once; with the notes' calls together below the ten that Zoho's smallest paid edition allows. */
const URGENT_BATCHES = 3

/** Queued writes → one call with the newest state of up to 100 records, and its outcome. */
export const writeRecords = writeRecordsIn('write-records', ['person', 'live', 'retry'], URGENT_BATCHES)

/** The same for work that nobody waits for. A consumer of its own, so that it never stands in front of live writes. */
export const writeRecordsInBulk = writeRecordsIn('write-records-bulk', ['bulk', 'replay'], 1)

function writeRecordsIn(name: string, lanes: readonly Lane[], batches: number) {
  return defineBatchReactor({
    name,
    on: [WriteQueued],
    emits: [RecordWritten, WriteSimulated, WriteRefused, OutcomeUnknown, WriteQueued],
    concurrency: batches,
    maxBatch: MAX_BATCH,
    maxBatchWaitMs: MAX_BATCH_WAIT_MS,
    handleBatch: async (items, deps: WriteRecordsDeps) => {
      const outcomes = new Map<Item, BatchOutcome>()
      const settle = (group: Group, error: unknown) =>
        group.forEach((item) => outcomes.set(item, { done: false, error }))
      const groups = groupByRecord(items.filter(({ event }) => lanes.includes(event.data.lane)))
      const planned = await Promise.all(
        groups.map(async (group) => {
          const plan = await attempt(() => prepare(group, deps))
          if ('error' in plan) settle(group, plan.error)
          return 'value' in plan && plan.value !== null ? [{ group, plan: plan.value }] : []
        })
      )
      const calls = planned.flat()
      const answers = calls.length === 0 ? [] : await call(calls, deps)
      await Promise.all(
        calls.map(async ({ group, plan }, index) => {
          const answer = answers[index]
          const result = await attempt(async () => answer && conclude(group, plan, answer))
          if ('error' in result) settle(group, result.error)
        })
      )
      return items.map((item) => outcomes.get(item) ?? { done: true })
    }
  })
}

function groupByRecord(items: readonly Item[]): Group[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const group = groups.get(item.event.data.recordId)
    if (group === undefined) groups.set(item.event.data.recordId, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

/** Finishes what needs no call; gives the plan of what does. */
async function prepare(group: Group, { mapping, dryRun }: WriteRecordsDeps): Promise<RecordPlan | null> {
  const [{ event, context }] = group
  const { leadId } = event.data
  const record = await context.load(recordRef(leadId))
  const lead = await context.load(leadRef(leadId))
  const current = await mapping.current({ lane: event.data.lane, signal: context.signal })
  const delivered = group.map((item) => ({ data: item.event.data, attempt: item.context.attempt }))
  const planned: WritePlan = planWrite(delivered, record.events, lead.events, current)
  if (planned.kind === 'nothing') return null
  const { plan } = planned
  if (planned.kind === 'unchanged') {
    await append(group, plan, 'written', () => decideUnchanged(plan, planned.crmId))
    return null
  }
  if (dryRun) {
    await append(group, plan, 'simulated', () => decideSimulated(plan))
    return null
  }
  return plan
}

async function call(
  calls: readonly { group: Group; plan: RecordPlan }[],
  { records }: WriteRecordsDeps
): Promise<readonly RecordAnswer[]> {
  const [first] = calls
  if (first === undefined) return []
  const writes = calls.map(({ plan }) => ({
    effectKey: effectKeyOf(plan),
    digest: plan.digest,
    crmId: plan.state.crmId,
    values: plan.values
  }))
  const lane = mostUrgent(calls.map(({ plan }) => plan.lane))
  return records.write(first.plan.target.module, writes, { lane, signal: first.group[0].context.signal })
}

/** Records the outcome; throws what decides the fate of the waiting messages. */
async function conclude(group: Group, plan: RecordPlan, answer: RecordAnswer): Promise<void> {
  const { outcome, ...figures } = answer
  switch (outcome.kind) {
    case 'written':
      await append(group, plan, 'written', (now) => decideWritten(plan, { ...figures, ...outcome }, now))
      return
    case 'refused':
      await append(group, plan, `refused-${plan.state.refusals}`, (now) =>
        decideRefused(plan, outcome, figures.httpStatus, now)
      )
      throw new PermanentError(
        'CRM_SYNC_WRITE_REFUSED',
        `The CRM refused the record of lead ${plan.leadId}: ${outcome.message}. Correct the lead or the CRM's field, then retry`
      )
    case 'unknown':
      await append(group, plan, `unknown-${plan.state.unknownOutcomes}`, () =>
        decideUnknown(plan, effectKeyOf(plan), outcome.reason)
      )
      throw new TransientError(
        'CRM_SYNC_OUTCOME_UNKNOWN',
        `No answer tells whether the record of lead ${plan.leadId} was written (${outcome.reason}); it is written again under the same key`,
        { countsAsAttempt: outcome.vendorAway !== true }
      )
    case 'failed':
      throw outcome.error
  }
}

/**
 * Appends as an effect of the first write that still waited. Not simply of the first delivered: that one may be covered
 * already, and what it caused then would be taken for a repetition of what it caused before.
 */
async function append(
  group: Group,
  { leadId, causedBy, target }: RecordPlan,
  step: string,
  decide: (now: RecordState) => readonly NewEvent[]
): Promise<void> {
  const { context } = group.find(({ event }) => event.data.writeId === causedBy) ?? group[0]
  await context.transact({
    step,
    load: [recordRef(leadId)],
    decide: ([history]) => decide(recordStateOf(history?.events ?? [], target.provider))
  })
}

async function attempt<Value>(run: () => Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await run() }
  } catch (error) {
    return { error }
  }
}
