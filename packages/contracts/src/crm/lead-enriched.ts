import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { ExtractionKind } from '../enrichment/extraction.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

/** A field's value with the words that support it. Lists are kept as lists. */
export const EnrichedField = Type.Object({
  field: Type.String(),
  value: Type.Union([Type.String(), Type.Number(), Type.Array(Type.String())]),
  evidence: Nullable(Type.String())
})
export type EnrichedField = Static<typeof EnrichedField>

export const LeadEnriched = defineEvent({
  type: 'crm.LeadEnriched.v1',
  aggregate: 'lead',
  description:
    'An extraction gave the lead field values, each with its evidence and provenance. Holds those that won: what a later observation already says is left out.',
  data: Type.Object({
    leadId: AggregateId,
    personId: PersonId,
    meetingId: AggregateId,
    extractionId: AggregateId,
    kind: ExtractionKind,
    fields: pii(Type.Array(EnrichedField)),
    provider: Type.String(),
    model: Type.String(),
    promptVersion: Type.String(),
    confidence: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
    /** Own time of what was read: of the booking, or of the end of the meeting. Later facts win over earlier ones. */
    observedAt: Timestamp
  })
})
