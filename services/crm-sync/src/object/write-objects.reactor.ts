import {
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  type EventOf,
  type Lane,
  type ObjectKind
} from '@leadlog/contracts'
import { defineBatchReactor, type BatchItem, type BatchOutcome } from '@leadlog/service'
import type { CrmName, RecordAnswer } from '../crm-provider.ts'
import { isErased } from '../lead/domain-values.ts'
import { leadRef, leadStateOf } from '../lead/lead-state.ts'
import { recordRef, recordStateOf } from '../record/record.ts'
import { mostUrgent } from '../write/waiting.ts'
import {
  causingItem,
  groupsOf,
  record,
  recordAnswer,
  recordRefusal,
  writeGroups,
  type Group as GroupOf,
  type Recording
} from '../write/write-groups.ts'
import type { CheckedObjects, ObjectMappingSource } from './checked-objects.ts'
import { apiNameOf, type ObjectMapping } from './object-mapping.ts'
import { objectEffectKey, objectMakingKey, objectOutcomes } from './object-outcomes.ts'
import type { ObjectWriter } from './object-writer.ts'
import { objectRef, objectStateOf, type ObjectState } from './object.ts'
import { planObject, type ObjectPlan, type Surroundings } from './plan-object.ts'

export interface WriteObjectsDeps {
  readonly crm: CrmName
  readonly objects: ObjectMappingSource
  readonly objectWriter: ObjectWriter
  /** Nothing is sent; what would be sent is recorded. */
  readonly dryRun: boolean
}

type Item = BatchItem<EventOf<typeof ObjectQueued>>

type Group = GroupOf<Item>

interface Planned {
  readonly group: Group
  readonly plan: ObjectPlan
  readonly mapping: ObjectMapping
}

/** What hangs on others comes after them, so that a contact and its deal can share a batch. */
const order: readonly ObjectKind[] = ['contact', 'deal', 'task']
const MAX_BATCH = 100
/** Long enough for the objects of one cause to become one call, too short for a person to notice. */
const MAX_BATCH_WAIT_MS = 200

/** Queued changes → one call for up to 100 objects of a kind with their newest state, and its outcome. */
export const writeObjects = writeObjectsIn('write-objects', ['person', 'live', 'retry'])

/** The same for work that nobody waits for: a consumer of its own, so that it never stands in front. */
export const writeObjectsInBulk = writeObjectsIn('write-objects-bulk', ['bulk', 'replay'])

function writeObjectsIn(name: string, lanes: readonly Lane[]) {
  return defineBatchReactor({
    name,
    on: [ObjectQueued],
    emits: [ObjectWritten, ObjectSimulated, ObjectRefused, ObjectOutcomeUnknown, ObjectQueued],
    pausedBy: 'crm-writes',
    concurrency: 1,
    maxBatch: MAX_BATCH,
    maxBatchWaitMs: MAX_BATCH_WAIT_MS,
    handleBatch: async (items, deps: WriteObjectsDeps) => {
      const failed = new Map<Item, BatchOutcome>()
      const urgent = items.filter(({ event }) => lanes.includes(event.data.lane))
      const groups = groupsOf(urgent, ({ event }) => event.data.objectId)
      for (const kind of order) {
        await writeGroups(
          groups.filter(([{ event }]) => event.data.kind === kind),
          {
            prepare: (group) => prepare(group, deps),
            call: (calls) => call(calls, deps),
            conclude: ({ group, plan }, answer) =>
              recordAnswer(recordingOf(group, plan), answer, openEffect(plan, deps))
          },
          failed
        )
      }
      return items.map((item) => failed.get(item) ?? { done: true })
    }
  })
}

/** Finishes what needs no call; gives the plan of what does. */
async function prepare(group: Group, deps: WriteObjectsDeps): Promise<Planned | null> {
  const [{ event, context }] = group
  const { kind, key, leadId, lane } = event.data
  const state = objectStateOf((await context.load(objectRef(kind, key))).events, deps.crm)
  if (isErased(leadStateOf((await context.load(leadRef(leadId))).events))) return null
  const current: CheckedObjects = await deps.objects.current(kind, { lane, signal: context.signal })
  const delivered = group.map((item) => ({
    data: { ...item.event.data, provider: deps.crm },
    attempt: item.context.attempt
  }))
  const planned = planObject(delivered, state, await surroundings(group, state, deps), current)
  if (planned.kind === 'nothing') return null
  const { plan } = planned
  const recording = recordingOf(group, plan)
  switch (planned.kind) {
    case 'unchanged':
      await record(recording, 'written', () => objectOutcomes.unchanged(plan, planned.crmId))
      return null
    case 'refused':
      return recordRefusal(recording, planned.refusal, null)
    case 'write':
      if (!deps.dryRun) return { group, plan, mapping: current.mapping }
      await record(recording, 'simulated', () => objectOutcomes.simulated(plan))
      return null
  }
}

async function surroundings(
  [{ event, context }]: Group,
  { links }: ObjectState,
  { crm, dryRun }: WriteObjectsDeps
): Promise<Surroundings> {
  const stateOf = async (kind: 'contact' | 'deal') => {
    const key = links[kind]
    return typeof key === 'string' ? objectStateOf((await context.load(objectRef(kind, key))).events, crm) : null
  }
  const [contact, deal] = await Promise.all([stateOf('contact'), stateOf('deal')])
  const lead = recordStateOf((await context.load(recordRef(event.data.leadId))).events, crm)
  return {
    linked: { ...(contact === null ? {} : { contact }), ...(deal === null ? {} : { deal }) },
    leadCrmId: lead.crmId,
    leadRefused: lead.lastRefusal !== null,
    dryRun
  }
}

async function call(calls: readonly Planned[], { objectWriter }: WriteObjectsDeps): Promise<readonly RecordAnswer[]> {
  const [first] = calls
  if (first === undefined) return []
  const { mapping, group, plan } = first
  const target = {
    kind: plan.of.kind,
    module: mapping.module,
    keyField: apiNameOf(mapping, 'key') ?? '',
    emailField: apiNameOf(mapping, 'email'),
    ownerField: apiNameOf(mapping, 'owner')
  }
  const writes = calls.map((one) => ({
    effectKey: objectEffectKey(one.plan),
    makingKey: objectMakingKey(one.plan),
    waitingSince: waitingSince(one.plan),
    digest: one.plan.digest,
    key: one.plan.of.key,
    crmId: one.plan.state.crmId,
    values: one.plan.values,
    linkedTo: one.plan.linkedTo,
    formerly: one.plan.state.linkedTo
  }))
  const lane = mostUrgent(calls.map((one) => one.plan.lane))
  return objectWriter.write(target, writes, { lane, signal: group[0].context.signal })
}

/** Before it no call can have made the object. */
function waitingSince({ state }: ObjectPlan): Date {
  return new Date(Math.min(...state.waiting.map(({ queuedAt }) => Date.parse(queuedAt))))
}

/** The effect whose outcome stands open when the call of the plan is not answered. */
function openEffect(plan: ObjectPlan, { objectWriter }: WriteObjectsDeps) {
  const isLookedUp = plan.state.crmId === null && objectWriter.looksFirst(plan.of.kind)
  return { effectKey: isLookedUp ? objectMakingKey(plan) : objectEffectKey(plan), isLookedUp }
}

function recordingOf(group: Group, plan: ObjectPlan): Recording<ObjectPlan, ObjectState> {
  const { kind, key, provider } = plan.of
  return {
    plan,
    outcomes: objectOutcomes,
    what: `${kind} ${key}`,
    ref: objectRef(kind, key),
    stateOf: (history) => objectStateOf(history, provider),
    context: causingItem(group, plan.causedBy).context
  }
}
