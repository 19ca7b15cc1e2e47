import { FieldMappingProblem, MappingChange, Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** One field of Leadlog, where it stands in the CRM and how that goes. */
const MappedFieldAnswer = Type.Object({
  field: Type.String({ description: "Leadlog's own name" }),
  apiName: Nullable(Type.String({ description: 'in the CRM; null: it is not written' })),
  configured: Nullable(Type.String({ description: 'where the configuration says that it stands' })),
  format: Nullable(Type.String()),
  maxLength: Nullable(Type.Integer()),
  state: OneOf('fits', 'wrong', 'off', 'unchecked'),
  problems: Type.Array(FieldMappingProblem),
  lastError: Nullable(
    Type.Object(
      { at: Timestamp, code: Type.String(), message: Type.String(), leadId: Type.String() },
      {
        description: 'newest refusal by the CRM that names the field, of a write that still waits'
      }
    )
  ),
  sample: Type.Unknown({ description: 'a value that was written or would be; null where there is none' })
})

/** The field mapping in force, with how it fits the CRM. */
export const FieldMappingAnswer = Type.Object({
  provider: Type.String(),
  module: Type.String(),
  version: Type.Integer(),
  changedAt: Timestamp,
  checkedAt: Nullable(Timestamp),
  checkedBecause: Nullable(Type.String({ description: 'asked, noticed by a write, or changed' })),
  fields: Type.Array(MappedFieldAnswer),
  statuses: Type.Array(
    Type.Object({ status: Type.String(), name: Nullable(Type.String()), problems: Type.Array(FieldMappingProblem) })
  ),
  otherProblems: Type.Array(FieldMappingProblem, { description: 'about fields that only the CRM has' }),
  parked: Type.Object({
    count: Type.Integer({ description: 'writes that wait as dead letters because the mapping does not fit' }),
    fingerprints: Type.Array(Type.String({ description: 'of their groups' }))
  })
})
export type FieldMappingAnswer = Static<typeof FieldMappingAnswer>

export const FieldMappingVersionAnswer = Type.Object({
  version: Type.Integer(),
  at: Timestamp,
  actor: Type.String(),
  reason: Nullable(Type.String({ description: 'null where the configuration made it' })),
  restores: Nullable(Type.Integer()),
  checked: Type.Boolean(),
  changes: Type.Array(MappingChange)
})
