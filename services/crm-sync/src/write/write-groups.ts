import {
  PermanentError,
  TransientError,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { BatchItem, BatchOutcome, HandlerContext } from '@leadlog/service'
import type { RecordAnswer } from '../crm-provider.ts'
import type { Outcomes, PlannedWrite, WrittenBefore } from './outcomes.ts'
import type { Refusal } from './refusal.ts'

/** The queued writes of one record or object in a batch. They share a fate. */
export type Group<Item> = readonly [Item, ...Item[]]

/** What is done with the groups of a batch. */
export interface GroupSteps<Item, Planned> {
  /** Finishes what needs no call; gives what does. */
  readonly prepare: (group: Group<Item>) => Promise<Planned | null>
  /** One call for all; an answer each, in the order given. */
  readonly call: (planned: readonly Planned[]) => Promise<readonly RecordAnswer[]>
  /** Records the outcome; throws what decides the fate of the waiting messages. */
  readonly conclude: (planned: Planned, answer: RecordAnswer) => Promise<void>
}

export function groupsOf<Item>(items: readonly Item[], idOf: (item: Item) => string): Group<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>()
  for (const item of items) {
    const group = groups.get(idOf(item))
    if (group === undefined) groups.set(idOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}

/** Takes the groups through the steps, and notes in `failed` those that did not get to their end. */
export async function writeGroups<Item, Planned>(
  groups: readonly Group<Item>[],
  { prepare, call, conclude }: GroupSteps<Item, Planned>,
  failed: Map<Item, BatchOutcome>
): Promise<void> {
  const attempt = async <Value>(group: Group<Item>, run: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await run()
    } catch (error) {
      for (const item of group) failed.set(item, { done: false, error })
      return null
    }
  }
  const prepared = await Promise.all(
    groups.map(async (group) => ({ group, planned: await attempt(group, () => prepare(group)) }))
  )
  const calls = prepared.flatMap(({ group, planned }) => (planned === null ? [] : [{ group, planned }]))
  if (calls.length === 0) return
  const answers = await call(calls.map(({ planned }) => planned))
  await Promise.all(
    calls.map(({ group, planned }, index) =>
      attempt(group, async () => {
        const answer = answers[index]
        if (answer !== undefined) await conclude(planned, answer)
      })
    )
  )
}

/** Where and how the outcome of one write is recorded. */
export interface Recording<Plan extends PlannedWrite, State extends WrittenBefore> {
  readonly plan: Plan
  readonly outcomes: Outcomes<Plan>
  /** For people, for example `record of lead 1`. */
  readonly what: string
  readonly ref: AggregateRef
  readonly stateOf: (history: readonly RecordedEvent[]) => State
  /** Names the request of an operator who told to write once more; what follows is then recorded beside the first outcome. */
  readonly repeatedFor?: string
  /** Of the message that the outcome is recorded as caused by. */
  readonly context: Pick<HandlerContext, 'transact'>
}

/** Appends what was decided over the newest history, as an effect of the causing message. */
export async function record<Plan extends PlannedWrite, State extends WrittenBefore>(
  { ref, stateOf, context, repeatedFor = '' }: Recording<Plan, State>,
  step: string,
  decide: (now: State) => readonly NewEvent[]
): Promise<void> {
  await context.transact({
    step: repeatedFor === '' ? step : `${step}/${repeatedFor}`,
    load: [ref],
    decide: ([history]) => decide(stateOf(history?.events ?? []))
  })
}

/** @throws PermanentError CRM_SYNC_WRITE_REFUSED */
export async function recordRefusal<Plan extends PlannedWrite, State extends WrittenBefore>(
  recording: Recording<Plan, State>,
  refusal: Refusal,
  httpStatus: number | null
): Promise<never> {
  const { plan, outcomes, what } = recording
  await record(recording, `refused-${plan.state.refusals}`, (now) => outcomes.refused(plan, refusal, httpStatus, now))
  throw new PermanentError(
    'CRM_SYNC_WRITE_REFUSED',
    `The ${what} was refused: ${refusal.message}. Correct it, or the CRM's field, then retry`
  )
}

/** Records what the CRM answered; throws what decides the fate of the waiting messages. */
export async function recordAnswer<Plan extends PlannedWrite, State extends WrittenBefore>(
  recording: Recording<Plan, State>,
  answer: RecordAnswer,
  open: { readonly effectKey: string; readonly isLookedUp: boolean }
): Promise<void> {
  const { plan, outcomes, what } = recording
  const { outcome, ...figures } = answer
  switch (outcome.kind) {
    case 'written':
      return record(recording, 'written', (now) => outcomes.written(plan, { ...figures, ...outcome }, now))
    case 'refused':
      return recordRefusal(recording, outcome, figures.httpStatus)
    case 'unknown':
      await record(recording, `unknown-${plan.state.unknownOutcomes}`, () =>
        outcomes.unknown(plan, open.effectKey, outcome.reason)
      )
      throw new TransientError(
        'CRM_SYNC_OUTCOME_UNKNOWN',
        `No answer tells whether the ${what} was written (${outcome.reason}); it is ${open.isLookedUp ? 'looked up before it is written again' : 'written again under the same key'}`,
        { countsAsAttempt: outcome.vendorAway !== true }
      )
    case 'failed':
      throw outcome.error
  }
}

/**
 * What follows is recorded as caused by the first write that still waited. Not simply by the first that was delivered: it
 * may be covered already, and what it caused then would be taken for a repetition.
 */
export function causingItem<Item extends BatchItem<RecordedEvent & { data: { writeId: string } }>>(
  group: Group<Item>,
  causedBy: string
): Item {
  return group.find(({ event }) => event.data.writeId === causedBy) ?? group[0]
}
