import {
  derivedId,
  newEvent,
  OutcomeUnknown,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type Lane,
  type NewEvent
} from '@leadlog/contracts'
import type { CallFigures, CrmValues } from '../crm-provider.ts'
import type { RecordTarget } from './queue-writes.ts'
import { OVERLAP_CAUSE, type RecordState } from './record.ts'

/** What is to be written to a record, and why. */
export interface RecordPlan {
  readonly leadId: string
  readonly personId: string
  readonly target: RecordTarget
  /** The writes that waited when the lead was read: its state includes what made them necessary. */
  readonly writeIds: readonly string[]
  /** The first delivered write that still waits: what follows is recorded as caused by it. */
  readonly causedBy: string
  readonly lane: Lane
  /** The record as it was when the values were made. */
  readonly state: RecordState
  readonly values: CrmValues
  readonly digest: string
  readonly leadSequence: number
}

export interface Refusal {
  readonly code: string
  readonly field: string | null
  readonly message: string
}

const noCall: CallFigures = { httpStatus: null, waitedMs: 0, latencyMs: 0 }

/** The record holds these values already. */
export function decideUnchanged(plan: RecordPlan, crmId: string): NewEvent[] {
  return [recordWritten(plan, { crmId, action: 'unchanged', batchSize: 1, ...noCall })]
}

/**
 * The CRM took the values. Where another process wrote the same record since this one read it, nobody knows whose
 * values came last: the record is written once more.
 */
export function decideWritten(
  plan: RecordPlan,
  written: { crmId: string; action: 'insert' | 'update'; batchSize: number } & CallFigures,
  now: RecordState
): NewEvent[] {
  const resolved = plan.state.inDoubt && written.action === 'update'
  const event = recordWritten(plan, resolved ? { ...written, action: 'reconciled' } : written)
  if (now.writes === plan.state.writes) return [event]
  const causeId = `${OVERLAP_CAUSE}${now.writes}`
  const writeId = derivedId('crm-write', plan.leadId, causeId)
  return [event, newEvent(WriteQueued, plan.leadId, { ...fieldsOf(plan), writeId, lane: plan.lane, causeId })]
}

/** DRY_RUN: what would have been sent. */
export function decideSimulated(plan: RecordPlan): NewEvent[] {
  const { values, writeIds } = plan
  const fieldNames = Object.keys(values)
  return [
    newEvent(WriteSimulated, plan.leadId, {
      ...fieldsOf(plan),
      writeIds: [...writeIds],
      kind: 'record',
      values,
      fieldNames
    })
  ]
}

/** The CRM refused the values. The same refusal of the same writes is recorded once. */
export function decideRefused(
  plan: RecordPlan,
  { code, field, message }: Refusal,
  httpStatus: number | null,
  now: RecordState
): NewEvent[] {
  const last = now.lastRefusal
  const repeated =
    last?.code === code && last.field === field && plan.writeIds.every((writeId) => last.ids.includes(writeId))
  if (repeated) return []
  const details = { kind: 'record' as const, writeIds: [...plan.writeIds], code, field, message, httpStatus }
  return [newEvent(WriteRefused, plan.leadId, { ...fieldsOf(plan), ...details })]
}

export function decideUnknown(plan: RecordPlan, effectKey: string, reason: string): NewEvent[] {
  const details = { kind: 'record' as const, writeIds: [...plan.writeIds], effectKey, reason }
  return [newEvent(OutcomeUnknown, plan.leadId, { ...fieldsOf(plan), ...details })]
}

/** Names one write of one state: after a crash the same state is found under it, another state never is. */
export function effectKeyOf({ target, leadId, leadSequence, digest }: RecordPlan): string {
  return ['record', target.provider, target.module, leadId, leadSequence, digest.slice(0, 16)].join(':')
}

function recordWritten(
  plan: RecordPlan,
  written: {
    crmId: string
    action: 'insert' | 'update' | 'unchanged' | 'reconciled'
    batchSize: number
  } & CallFigures
): NewEvent {
  const { values, digest, leadSequence } = plan
  return newEvent(RecordWritten, plan.leadId, {
    ...fieldsOf(plan),
    writeIds: [...plan.writeIds],
    crmId: written.crmId,
    action: written.action,
    values,
    fieldNames: Object.keys(values),
    valuesDigest: digest,
    leadSequence,
    httpStatus: written.httpStatus,
    batchSize: written.batchSize,
    waitedMs: Math.round(written.waitedMs),
    latencyMs: Math.round(written.latencyMs)
  })
}

function fieldsOf({ leadId, personId, target }: RecordPlan) {
  return { recordId: leadId, leadId, personId, provider: target.provider, module: target.module }
}
