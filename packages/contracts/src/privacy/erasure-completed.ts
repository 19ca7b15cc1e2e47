import { Type, type Static } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'

const Count = Type.Integer({ minimum: 0 })

/** What was erased and how it was made sure. Names nobody but by the keyed hash. */
export const ErasureFindings = Type.Object({
  eventsByType: Type.Record(Type.String(), Count),
  webhooksErased: Count,
  messagesErased: Count,
  recordings: Type.Optional(
    Type.Object(
      { found: Count, deleted: Count },
      { description: 'recordings of calls: those kept, and of them those removed' }
    )
  ),
  rowsByTable: Type.Record(Type.String(), Count),
  crm: Type.Object({
    outcome: OneOf('deleted', 'was-gone', 'simulated', 'no-record', 'pending'),
    module: Type.String(),
    crmIds: Type.Array(Type.String())
  }),
  postgres: Type.Array(Type.Object({ step: Type.String(), done: Type.Boolean(), reason: Type.String() })),
  searches: Type.Array(Type.Object({ place: Type.String(), looked: Count, found: Count }), {
    description: 'what was looked through for what identifies the person, and how often it was found'
  }),
  searchedFor: Type.Array(Type.String(), { description: 'SHA-256 of each text under the erasure id as salt' }),
  keyDestroyed: Type.Boolean()
})
export type ErasureFindings = Static<typeof ErasureFindings>

export const ErasureCompleted = defineEvent({
  type: 'privacy.ErasureCompleted.v1',
  aggregate: 'person',
  description: 'An erasure was carried through and looked after. Holds what the certificate says, with its signature.',
  data: Type.Object({
    erasureId: AggregateId,
    personId: PersonId,
    requestedAt: Timestamp,
    completedAt: Timestamp,
    findings: ErasureFindings,
    /** HMAC-SHA256 over the certificate, keyed by the system's pepper. */
    signature: Type.String()
  })
})
