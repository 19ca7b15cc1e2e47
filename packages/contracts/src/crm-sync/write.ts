import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, OneOf, PersonId } from '../scalars.ts'

/** How urgent a write is: a person waits, a live event, a repetition, bulk work, a replay. */
export const Lane = OneOf('person', 'live', 'retry', 'bulk', 'replay')
export type Lane = Static<typeof Lane>

export const CrmProvider = OneOf('zoho', 'hubspot')

/** The fields that every event of a CRM record carries. The record's id is the lead's id. */
export const recordFields = {
  recordId: AggregateId,
  leadId: AggregateId,
  personId: PersonId,
  provider: CrmProvider,
  module: Type.String()
}

/** The version of the field mapping that the values were made by; absent in notes, and before mappings had versions. */
export const MappingVersion = Type.Optional(
  Type.Integer({ minimum: 1, description: 'of the field mapping that the values were made by' })
)
