import { PermanentError, type DataOf, type RecordedEvent, type WriteQueued } from '@leadlog/contracts'
import { domainValuesOf, isErased } from '../lead/domain-values.ts'
import { leadStateOf } from '../lead/lead-state.ts'
import type { CheckedMapping } from '../mapping/check-mapping.ts'
import { crmValuesOf, emailField, valuesDigest } from '../mapping/crm-values.ts'
import { isFirstTry, laneOfAll, openOf, type Delivered } from '../write/waiting.ts'
import type { RecordPlan } from './record-outcomes.ts'
import { recordStateOf } from './record.ts'

/** A queued write as it was delivered. */
export type DeliveredWrite = Delivered<DataOf<typeof WriteQueued>>

export type WritePlan =
  /** Every delivered write is covered, or there is nothing that may be written. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unchanged'; readonly plan: RecordPlan; readonly crmId: string }
  | { readonly kind: 'write'; readonly plan: RecordPlan }

/**
 * What has to be done for the writes of one record. `record` must have been read before `lead`: then the lead's state
 * includes what every waiting write is about, and one call covers them all.
 *
 * @param repeatedFor names the request of an operator who told to write the record although its writes are covered
 * @throws PermanentError CRM_SYNC_LEAD_WITHOUT_EMAIL where no record could be found or made
 */
export function planWrite(
  delivered: readonly DeliveredWrite[],
  record: readonly RecordedEvent[],
  lead: readonly RecordedEvent[],
  mapping: CheckedMapping,
  repeatedFor = ''
): WritePlan {
  const { provider, module } = mapping.document
  const state = recordStateOf(record, provider)
  const open = repeatedFor === '' ? openOf(delivered, state.waiting) : delivered
  const [first] = open
  if (first === undefined) return { kind: 'nothing' }
  const leadState = leadStateOf(lead)
  if (isErased(leadState)) return { kind: 'nothing' }
  const values = crmValuesOf(domainValuesOf(leadState), mapping, state.writtenFields)
  const { leadId, personId } = first.data
  if (typeof values[emailField(mapping.document)] !== 'string') {
    throw new PermanentError(
      'CRM_SYNC_LEAD_WITHOUT_EMAIL',
      `Lead ${leadId} has no e-mail address, so its CRM record can be neither found nor made. Add the address to the lead`
    )
  }
  const plan: RecordPlan = {
    leadId,
    personId,
    target: { provider, module },
    writeIds: [...new Set([...state.waiting, ...open.map(({ data }) => data)].map(({ writeId }) => writeId))],
    causedBy: first.data.writeId,
    lane: laneOfAll(open),
    state,
    values,
    digest: valuesDigest(values),
    mappingVersion: mapping.version,
    leadSequence: leadState.sequence,
    repeatedFor
  }
  const isHeld = repeatedFor === '' && state.lastWrite?.digest === plan.digest && isFirstTry(open, state.waiting)
  return isHeld && state.crmId !== null ? { kind: 'unchanged', plan, crmId: state.crmId } : { kind: 'write', plan }
}
