import type { NewEvent } from '@leadlog/contracts'
import { noCall } from '../call-figures.ts'
import type { CallFigures, CrmValues } from '../crm-provider.ts'
import type { Refusal } from './refusal.ts'

/** What a record or an object knows of its earlier writes, as far as the next outcome depends on it. */
export interface WrittenBefore {
  /** How often each happened so far: tells repeated outcomes of one cause apart. */
  readonly writes: number
  readonly refusals: number
  readonly unknownOutcomes: number
  /** True from an unknown outcome to the next known one. */
  readonly inDoubt: boolean
  readonly lastRefusal: LastRefusal | null
}

/** The newest refusal with the writes that it was about. */
export interface LastRefusal extends Refusal {
  readonly writeIds: readonly string[]
}

/** What is to be written of a record or an object, as far as its outcome depends on it. */
export interface PlannedWrite {
  /** The writes that one call covers. */
  readonly writeIds: readonly string[]
  readonly values: CrmValues
  /** As it was when the values were made. */
  readonly state: WrittenBefore
}

/** What an event tells of a record or an object that the CRM holds as it is to be. */
export interface WrittenFacts extends CallFigures {
  readonly writeIds: string[]
  readonly crmId: string
  readonly action: 'insert' | 'update' | 'unchanged' | 'reconciled'
  readonly values: CrmValues
  readonly fieldNames: string[]
  readonly batchSize: number
}

/** How the outcomes of a kind of writes are told. */
export interface OutcomeEvents<Plan> {
  written(plan: Plan, facts: WrittenFacts): NewEvent
  /** One more write for the cause. */
  again(plan: Plan, causeId: string): NewEvent
  simulated(plan: Plan, facts: Pick<WrittenFacts, 'writeIds' | 'values' | 'fieldNames'>): NewEvent
  refused(plan: Plan, facts: Refusal & { writeIds: string[]; httpStatus: number | null }): NewEvent
  unknown(plan: Plan, facts: { writeIds: string[]; effectKey: string; reason: string }): NewEvent
}

/** What follows from each outcome of a write; pure. */
export interface Outcomes<Plan> {
  /** The CRM holds these values already. */
  unchanged(plan: Plan, crmId: string): NewEvent[]
  /**
   * The CRM took the values. Where another process wrote the same since this one read it, nobody knows whose values
   * came last: it is written once more.
   */
  written(plan: Plan, answer: WrittenAnswer, now: Pick<WrittenBefore, 'writes'>): NewEvent[]
  /** DRY_RUN: what would have been sent. */
  simulated(plan: Plan): NewEvent[]
  /** The values were refused. The same refusal of the same writes is recorded once. */
  refused(plan: Plan, refusal: Refusal, httpStatus: number | null, now: Pick<WrittenBefore, 'lastRefusal'>): NewEvent[]
  unknown(plan: Plan, effectKey: string, reason: string): NewEvent[]
}

export interface WrittenAnswer extends CallFigures {
  readonly crmId: string
  readonly action: 'insert' | 'update'
  readonly batchSize: number
}

/** Begins the cause of a write that repeats one because two processes wrote at the same time. */
export const OVERLAP_CAUSE = 'overlap:'

/** The decisions that records and objects share, told in the events of one of them. */
export function outcomesIn<Plan extends PlannedWrite>(events: OutcomeEvents<Plan>): Outcomes<Plan> {
  const written = (
    plan: Plan,
    {
      crmId,
      action,
      batchSize,
      httpStatus,
      waitedMs,
      latencyMs
    }: Omit<WrittenFacts, 'writeIds' | 'values' | 'fieldNames'>
  ) =>
    events.written(plan, {
      ...sent(plan),
      crmId,
      action,
      batchSize,
      httpStatus,
      waitedMs: Math.round(waitedMs),
      latencyMs: Math.round(latencyMs)
    })
  return {
    unchanged: (plan, crmId) => [written(plan, { crmId, action: 'unchanged', batchSize: 1, ...noCall })],
    written(plan, answer, now) {
      const resolved = plan.state.inDoubt && answer.action === 'update'
      const event = written(plan, resolved ? { ...answer, action: 'reconciled' } : answer)
      return now.writes === plan.state.writes ? [event] : [event, events.again(plan, `${OVERLAP_CAUSE}${now.writes}`)]
    },
    simulated: (plan) => [events.simulated(plan, sent(plan))],
    refused(plan, { code, field, message }, httpStatus, { lastRefusal: last }) {
      const isSame = last?.code === code && last.field === field && last.message === message
      if (isSame && plan.writeIds.every((writeId) => last.writeIds.includes(writeId))) return []
      return [events.refused(plan, { writeIds: [...plan.writeIds], code, field, message, httpStatus })]
    },
    unknown: (plan, effectKey, reason) => [events.unknown(plan, { writeIds: [...plan.writeIds], effectKey, reason })]
  }
}

function sent({ writeIds, values }: PlannedWrite): Pick<WrittenFacts, 'writeIds' | 'values' | 'fieldNames'> {
  return { writeIds: [...writeIds], values, fieldNames: Object.keys(values) }
}
