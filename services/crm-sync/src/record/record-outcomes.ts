import {
  derivedId,
  newEvent,
  OutcomeUnknown,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type Lane
} from '@leadlog/contracts'
import { outcomesIn, type PlannedWrite } from '../write/outcomes.ts'
import type { RecordTarget } from './queue-writes.ts'
import type { RecordState } from './record.ts'

/** What is to be written to a record, and why. Its writes are those that waited when the lead was read. */
export interface RecordPlan extends PlannedWrite {
  readonly leadId: string
  readonly personId: string
  readonly target: RecordTarget
  /** The first delivered write that still waits: what follows is recorded as caused by it. */
  readonly causedBy: string
  readonly lane: Lane
  readonly state: RecordState
  readonly digest: string
  /** Of the mapping that the values were made by; null for one that is only tried out. */
  readonly mappingVersion: number | null
  readonly leadSequence: number
  /** Empty; names the request where an operator told to write once more what is written already. */
  readonly repeatedFor: string
}

/** What follows from each outcome of a record's write. */
export const recordOutcomes = outcomesIn<RecordPlan>({
  written: (plan, facts) =>
    newEvent(RecordWritten, plan.leadId, {
      ...fieldsOf(plan),
      ...facts,
      ...versionOf(plan),
      valuesDigest: plan.digest,
      leadSequence: plan.leadSequence
    }),
  again(plan, causeId) {
    const writeId = derivedId('crm-write', plan.leadId, causeId)
    return newEvent(WriteQueued, plan.leadId, { ...fieldsOf(plan), writeId, lane: plan.lane, causeId })
  },
  simulated: (plan, facts) =>
    newEvent(WriteSimulated, plan.leadId, { ...fieldsOf(plan), ...facts, ...versionOf(plan), kind: 'record' }),
  refused: (plan, facts) =>
    newEvent(WriteRefused, plan.leadId, { ...fieldsOf(plan), ...facts, ...versionOf(plan), kind: 'record' }),
  unknown: (plan, facts) => newEvent(OutcomeUnknown, plan.leadId, { ...fieldsOf(plan), ...facts, kind: 'record' })
})

/** Names one write of one state: after a crash the same state is found under it, another state never is. */
export function effectKeyOf({ target, leadId, leadSequence, digest, repeatedFor }: RecordPlan): string {
  const key = ['record', target.provider, target.module, leadId, leadSequence, digest.slice(0, 16)]
  return [...key, ...(repeatedFor === '' ? [] : [repeatedFor])].join(':')
}

function versionOf({ mappingVersion }: RecordPlan): { mappingVersion?: number } {
  return mappingVersion === null ? {} : { mappingVersion }
}

function fieldsOf({ leadId, personId, target }: RecordPlan) {
  return { recordId: leadId, leadId, personId, provider: target.provider, module: target.module }
}
