import {
  derivedId,
  newEvent,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  type NewEvent
} from '@leadlog/contracts'
import type { CallFigures, CrmName } from '../crm-provider.ts'
import type { Refusal } from '../record/record-outcomes.ts'
import { OVERLAP_CAUSE, type ObjectState } from './object.ts'
import type { ObjectPlan } from './plan-object.ts'

const noCall: CallFigures = { httpStatus: null, waitedMs: 0, latencyMs: 0 }

/** The CRM holds these values already. */
export function decideObjectUnchanged(plan: ObjectPlan, crmId: string): NewEvent[] {
  return [objectWritten(plan, { crmId, action: 'unchanged', batchSize: 1, ...noCall })]
}

/**
 * The CRM took the values. Where another process wrote the same object since this one read it, nobody knows whose
 * values came last: the object is written once more.
 */
export function decideObjectWritten(
  plan: ObjectPlan,
  written: { crmId: string; action: 'insert' | 'update'; batchSize: number } & CallFigures,
  now: ObjectState
): NewEvent[] {
  const resolved = plan.state.inDoubt && written.action === 'update'
  const event = objectWritten(plan, resolved ? { ...written, action: 'reconciled' } : written)
  if (now.writes === plan.state.writes) return [event]
  const causeId = `${OVERLAP_CAUSE}${now.writes}`
  const writeId = derivedId('crm-object-write', plan.of.objectId, causeId)
  const again = { ...plan.of, writeId, lane: plan.lane, causeId, values: {}, links: {} }
  return [event, newEvent(ObjectQueued, plan.of.objectId, again)]
}

/** DRY_RUN: what would have been sent. */
export function decideObjectSimulated({ of, writeIds, values }: ObjectPlan): NewEvent[] {
  const fieldNames = Object.keys(values)
  return [newEvent(ObjectSimulated, of.objectId, { ...of, writeIds: [...writeIds], values, fieldNames })]
}

/** The CRM refused the values. The same refusal of the same changes is recorded once. */
export function decideObjectRefused(
  { of, writeIds }: ObjectPlan,
  { code, field, message }: Refusal,
  httpStatus: number | null,
  now: ObjectState
): NewEvent[] {
  const last = now.lastRefusal
  const repeated =
    last?.code === code && last.message === message && writeIds.every((writeId) => last.writeIds.includes(writeId))
  if (repeated) return []
  return [newEvent(ObjectRefused, of.objectId, { ...of, writeIds: [...writeIds], code, field, message, httpStatus })]
}

export function decideObjectUnknown({ of, writeIds }: ObjectPlan, effectKey: string, reason: string): NewEvent[] {
  return [newEvent(ObjectOutcomeUnknown, of.objectId, { ...of, writeIds: [...writeIds], effectKey, reason })]
}

/** Names one write of one state: after a crash the same state is found under it, another state never is. */
export function objectEffectKey({ of, state, digest }: ObjectPlan): string {
  const name = [of.module, of.objectId, state.revision, digest.slice(0, 16)].join(':')
  return objectEffectPrefix(of.provider, of.leadId) + name
}

/**
 * Names the making of an object, in whatever state: where the CRM cannot find an object by its key, a later state must
 * know that an earlier one may have made it already.
 */
export function objectMakingKey({ of, state }: Pick<ObjectPlan, 'of' | 'state'>): string {
  return objectEffectPrefix(of.provider, of.leadId) + [of.module, of.objectId, 'made', state.deletions].join(':')
}

/** How the names of all effects of a lead's objects begin; module and object id follow. */
export function objectEffectPrefix(provider: CrmName, leadId: string): string {
  return ['object', provider, leadId, ''].join(':')
}

function objectWritten(
  { of, writeIds, values, linkedTo, digest, state }: ObjectPlan,
  written: {
    crmId: string
    action: 'insert' | 'update' | 'unchanged' | 'reconciled'
    batchSize: number
  } & CallFigures
): NewEvent {
  return newEvent(ObjectWritten, of.objectId, {
    ...of,
    writeIds: [...writeIds],
    crmId: written.crmId,
    action: written.action,
    values,
    fieldNames: Object.keys(values),
    linkedTo: { ...linkedTo },
    digest,
    revision: state.revision,
    httpStatus: written.httpStatus,
    batchSize: written.batchSize,
    waitedMs: Math.round(written.waitedMs),
    latencyMs: Math.round(written.latencyMs)
  })
}
