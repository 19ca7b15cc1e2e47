import {
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  PermanentError,
  TransientError,
  type EventOf,
  type Lane,
  type NewEvent,
  type ObjectKind
} from '@leadlog/contracts'
import { defineBatchReactor, type BatchItem, type BatchOutcome } from '@leadlog/service'
import type { CrmName, RecordAnswer } from '../crm-provider.ts'
import { isErased } from '../lead/domain-values.ts'
import { leadRef, leadStateOf } from '../lead/lead-state.ts'
import { mostUrgent, recordRef, recordStateOf } from '../record/record.ts'
import type { Refusal } from '../record/record-outcomes.ts'
import type { CheckedObjects, ObjectMappingSource } from './checked-objects.ts'
import { apiNameOf, type ObjectMapping } from './object-mapping.ts'
import {
  decideObjectRefused,
  decideObjectSimulated,
  decideObjectUnchanged,
  decideObjectUnknown,
  decideObjectWritten,
  objectEffectKey,
  objectMakingKey
} from './object-outcomes.ts'
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

/** The changes of one object in a batch. They share a fate. */
type Group = readonly [Item, ...Item[]]

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
    concurrency: 1,
    maxBatch: MAX_BATCH,
    maxBatchWaitMs: MAX_BATCH_WAIT_MS,
    handleBatch: async (items, deps: WriteObjectsDeps) => {
      const outcomes = new Map<Item, BatchOutcome>()
      const settle = (group: Group, error: unknown) =>
        group.forEach((item) => outcomes.set(item, { done: false, error }))
      const groups = groupByObject(items.filter(({ event }) => lanes.includes(event.data.lane)))
      for (const kind of order) {
        await writeGroups(
          groups.filter(([{ event }]) => event.data.kind === kind),
          deps,
          settle
        )
      }
      return items.map((item) => outcomes.get(item) ?? { done: true })
    }
  })
}

async function writeGroups(
  groups: readonly Group[],
  deps: WriteObjectsDeps,
  settle: (group: Group, error: unknown) => void
): Promise<void> {
  const planned = await Promise.all(
    groups.map(async (group): Promise<Planned[]> => {
      try {
        const found = await prepare(group, deps)
        return found === null ? [] : [found]
      } catch (error) {
        settle(group, error)
        return []
      }
    })
  )
  const calls = planned.flat()
  const answers = await call(calls, deps)
  await Promise.all(
    calls.map(async ({ group, plan }, index) => {
      try {
        const answer = answers[index]
        if (answer !== undefined) await conclude(group, plan, answer, deps)
      } catch (error) {
        settle(group, error)
      }
    })
  )
}

function groupByObject(items: readonly Item[]): Group[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const group = groups.get(item.event.data.objectId)
    if (group === undefined) groups.set(item.event.data.objectId, [item])
    else group.push(item)
  }
  return [...groups.values()]
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
  switch (planned.kind) {
    case 'unchanged':
      await append(group, plan, 'written', () => decideObjectUnchanged(plan, planned.crmId))
      return null
    case 'refused':
      return refuseIt(group, plan, planned.refusal, null)
    case 'write':
      if (!deps.dryRun) return { group, plan, mapping: current.mapping }
      await append(group, plan, 'simulated', () => decideObjectSimulated(plan))
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
  const record = recordStateOf((await context.load(recordRef(event.data.leadId))).events, crm)
  return {
    linked: { ...(contact === null ? {} : { contact }), ...(deal === null ? {} : { deal }) },
    leadCrmId: record.crmId,
    leadRefused: record.lastRefusal !== null,
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

/** Records the outcome; throws what decides the fate of the waiting messages. */
async function conclude(
  group: Group,
  plan: ObjectPlan,
  answer: RecordAnswer,
  { objectWriter }: WriteObjectsDeps
): Promise<void> {
  const { outcome, ...figures } = answer
  switch (outcome.kind) {
    case 'written':
      await append(group, plan, 'written', (now) => decideObjectWritten(plan, { ...figures, ...outcome }, now))
      return
    case 'refused':
      await refuseIt(group, plan, outcome, figures.httpStatus)
      return
    case 'unknown': {
      const isLookedUp = plan.state.crmId === null && objectWriter.looksFirst(plan.of.kind)
      const openEffect = isLookedUp ? objectMakingKey(plan) : objectEffectKey(plan)
      await append(group, plan, `unknown-${plan.state.unknownOutcomes}`, () =>
        decideObjectUnknown(plan, openEffect, outcome.reason)
      )
      throw new TransientError(
        'CRM_SYNC_OUTCOME_UNKNOWN',
        `No answer tells whether the ${plan.of.kind} ${plan.of.key} was written (${outcome.reason}); it is ${isLookedUp ? 'looked up before it is written again' : 'written again under the same key'}`,
        { countsAsAttempt: outcome.vendorAway !== true }
      )
    }
    case 'failed':
      throw outcome.error
  }
}

async function refuseIt(group: Group, plan: ObjectPlan, refusal: Refusal, httpStatus: number | null): Promise<never> {
  await append(group, plan, `refused-${plan.state.refusals}`, (now) =>
    decideObjectRefused(plan, refusal, httpStatus, now)
  )
  const { kind, key } = plan.of
  throw new PermanentError(
    'CRM_SYNC_WRITE_REFUSED',
    `The ${kind} ${key} was refused: ${refusal.message}. Correct the ${kind} or the CRM's field, then retry`
  )
}

/** Appends as an effect of the first change that still waited. */
async function append(
  group: Group,
  { of, causedBy }: ObjectPlan,
  step: string,
  decide: (now: ObjectState) => readonly NewEvent[]
): Promise<void> {
  const { context } = group.find(({ event }) => event.data.writeId === causedBy) ?? group[0]
  await context.transact({
    step,
    load: [objectRef(of.kind, of.key)],
    decide: ([history]) => decide(objectStateOf(history?.events ?? [], of.provider))
  })
}
