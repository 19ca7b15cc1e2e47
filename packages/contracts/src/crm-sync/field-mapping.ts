import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { CrmProvider } from './write.ts'

/** One field of Leadlog and where it stands in the CRM. */
export const FieldPlace = Type.Object({
  field: Type.String({ description: "Leadlog's own name of the field" }),
  apiName: Type.String({ description: "the field's API name in the CRM" }),
  format: Type.String({ description: 'how a value is written, for example datetime' }),
  maxLength: Type.Integer({ minimum: 1, description: 'longest text, in characters' })
})
export type FieldPlace = Static<typeof FieldPlace>

/** A whole mapping of leads, as a version holds it. */
export const FieldMapping = Type.Object({
  module: Type.String({ description: 'API name of the module that holds leads' }),
  fields: Type.Array(FieldPlace),
  statuses: Type.Record(Type.String(), Nullable(Type.String()), {
    description: "Leadlog's statuses by their names in the CRM; null leaves the CRM's field alone"
  }),
  sources: Type.Record(Type.String(), Type.String())
})
export type FieldMapping = Static<typeof FieldMapping>

/** What changed of a field or of the name of a status; null where it is not written. */
export const MappingChange = Type.Object({
  of: OneOf('field', 'status'),
  name: Type.String({ description: "Leadlog's name of the field or status" }),
  before: Nullable(Type.String({ description: 'as the CRM calls it' })),
  after: Nullable(Type.String())
})
export type MappingChange = Static<typeof MappingChange>

export const MAPPING_PROBLEM_KINDS = [
  'unknown-field',
  'read-only',
  'wrong-type',
  'too-short',
  'not-unique',
  'choice-missing',
  'used-twice',
  'not-mapped'
] as const

/** Something in a mapping that would make writes fail or lose values. */
export const FieldMappingProblem = Type.Object({
  kind: OneOf(...MAPPING_PROBLEM_KINDS),
  field: Nullable(Type.String({ description: "Leadlog's field; null where the CRM's field has none" })),
  name: Type.String({ description: "the CRM's field" }),
  problem: Type.String(),
  remedy: Type.String(),
  suggestions: Type.Array(Type.String(), { description: 'what the CRM has and would do, the most alike first' })
})
export type FieldMappingProblem = Static<typeof FieldMappingProblem>

/** What every event of a mapping carries. Its id is the CRM's name. */
export const mappingFields = { mappingId: AggregateId, provider: CrmProvider }

/** What somebody wants to be another way. */
export const WantedChange = Type.Object(
  {
    of: OneOf('field', 'status'),
    name: Type.String({ minLength: 1, maxLength: 60, description: "Leadlog's name of the field or status" }),
    to: Nullable(
      Type.String({
        minLength: 1,
        maxLength: 120,
        pattern: '\\S',
        description: 'API name of the field in the CRM, or the name of the status there; null: it is not written'
      })
    )
  },
  { additionalProperties: false }
)
export type WantedChange = Static<typeof WantedChange>
