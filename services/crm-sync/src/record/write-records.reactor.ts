import {
  OutcomeUnknown,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type EventOf,
  type Lane
} from '@leadlog/contracts'
import { defineBatchReactor, type BatchItem, type BatchOutcome } from '@leadlog/service'
import type { RecordAnswer } from '../crm-provider.ts'
import { leadRef } from '../lead/lead-state.ts'
import type { MappingSource } from '../mapping/checked-mapping.ts'
import { mostUrgent } from '../write/waiting.ts'
import {
  causingItem,
  groupsOf,
  record,
  recordAnswer,
  writeGroups,
  type Group as GroupOf,
  type Recording
} from '../write/write-groups.ts'
import { planWrite } from './plan-write.ts'
import { effectKeyOf, recordOutcomes, type RecordPlan } from './record-outcomes.ts'
import type { RecordWriter } from './record-writer.ts'
import { recordRef, recordStateOf, type RecordState } from './record.ts'

export interface WriteRecordsDeps {
  readonly mapping: MappingSource
  readonly records: RecordWriter
  /** Nothing is sent; what would be sent is recorded. */
  readonly dryRun: boolean
}

type Item = BatchItem<EventOf<typeof WriteQueued>>

type Group = GroupOf<Item>

interface Planned {
  readonly group: Group
  readonly plan: RecordPlan
}

/** The limit of every CRM here, and a size at which a call still answers within seconds. */
const MAX_BATCH = 100
/** Long enough for the events of one webhook to become one call, too short for a person to notice. */
const MAX_BATCH_WAIT_MS = 200
/** Calls under way at once; with the notes' calls together below the ten that Zoho's smallest paid edition allows. */
const URGENT_BATCHES = 3

/** The effect as an operator names it: the record is written in its newest state, whether or not the CRM should hold it. */
const CRM_RECORD = 'crm-record'

/** Queued writes → one call with the newest state of up to 100 records, and its outcome. */
export const writeRecords = writeRecordsIn('write-records', ['person', 'live', 'retry'], URGENT_BATCHES)

/** The same for work that nobody waits for. A consumer of its own, so that it never stands in front of live writes. */
export const writeRecordsInBulk = writeRecordsIn('write-records-bulk', ['bulk', 'replay'], 1)

function writeRecordsIn(name: string, lanes: readonly Lane[], batches: number) {
  return defineBatchReactor({
    name,
    repeatable: [CRM_RECORD],
    on: [WriteQueued],
    emits: [RecordWritten, WriteSimulated, WriteRefused, OutcomeUnknown, WriteQueued],
    pausedBy: 'crm-writes',
    concurrency: batches,
    maxBatch: MAX_BATCH,
    maxBatchWaitMs: MAX_BATCH_WAIT_MS,
    handleBatch: async (items, deps: WriteRecordsDeps) => {
      const failed = new Map<Item, BatchOutcome>()
      const urgent = items.filter(({ event }) => lanes.includes(event.data.lane))
      await writeGroups(
        groupsOf(urgent, ({ event }) => event.data.recordId),
        {
          prepare: (group) => prepare(group, deps),
          call: (calls) => call(calls, deps),
          conclude: ({ group, plan }, answer) =>
            recordAnswer(recordingOf(group, plan), answer, { effectKey: effectKeyOf(plan), isLookedUp: false })
        },
        failed
      )
      return items.map((item) => failed.get(item) ?? { done: true })
    }
  })
}

/** Finishes what needs no call; gives the plan of what does. */
async function prepare(group: Group, { mapping, dryRun }: WriteRecordsDeps): Promise<Planned | null> {
  const [{ event, context }] = group
  const { leadId } = event.data
  const history = await context.load(recordRef(leadId))
  const [lead, current] = await Promise.all([
    context.load(leadRef(leadId)),
    mapping.current({ lane: event.data.lane, signal: context.signal })
  ])
  const delivered = group.map((item) => ({ data: item.event.data, attempt: item.context.attempt }))
  const repeatedFor = context.repeats.has(CRM_RECORD) ? context.attemptToken : ''
  const planned = planWrite(delivered, history.events, lead.events, current, repeatedFor)
  if (planned.kind === 'nothing') return null
  const { plan } = planned
  if (planned.kind === 'unchanged') {
    await record(recordingOf(group, plan), 'written', () => recordOutcomes.unchanged(plan, planned.crmId))
    return null
  }
  if (dryRun) {
    await record(recordingOf(group, plan), 'simulated', () => recordOutcomes.simulated(plan))
    return null
  }
  return { group, plan }
}

async function call(calls: readonly Planned[], { records }: WriteRecordsDeps): Promise<readonly RecordAnswer[]> {
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

function recordingOf(group: Group, plan: RecordPlan): Recording<RecordPlan, RecordState> {
  const { leadId, target, causedBy, repeatedFor } = plan
  return {
    plan,
    repeatedFor,
    outcomes: recordOutcomes,
    what: `record of lead ${leadId}`,
    ref: recordRef(leadId),
    stateOf: (history) => recordStateOf(history, target.provider),
    context: causingItem(group, causedBy).context
  }
}
