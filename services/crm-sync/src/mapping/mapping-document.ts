import { Type, type Static } from '@sinclair/typebox'
import { CrmProvider, Nullable, OneOf } from '@leadlog/contracts'
import { domainFields } from './domain-field.ts'

/**
 * How a value is written: `text` on one line, `prose` as it stands, `lines` as one entry a line, `datetime` as ISO 8601
 * with offset and whole seconds, `instant` the same in UTC with a `Z`, `day` as the day alone, `html` as markup, `number`, and the formats that a CRM checks:
 * `email`, `phone`, `url`, `choice`, `id`, and `user`, a user of the CRM by its id.
 */
export const ValueFormat = OneOf(
  'text',
  'prose',
  'lines',
  'datetime',
  'instant',
  'day',
  'html',
  'number',
  'email',
  'phone',
  'url',
  'choice',
  'id',
  'user'
)
export type ValueFormat = Static<typeof ValueFormat>

/** One domain field and where it stands in the CRM. */
export const MappedField = Type.Object(
  {
    field: OneOf(...domainFields),
    apiName: Type.String({ minLength: 1, description: "the field's API name in the CRM" }),
    format: ValueFormat,
    maxLength: Type.Integer({
      minimum: 1,
      description: "longest text, in characters; the CRM's own length counts where it is shorter"
    })
  },
  { additionalProperties: false }
)
export type MappedField = Static<typeof MappedField>

/** From Leadlog's fields to the fields of one module of a CRM. */
export const MappingDocument = Type.Object(
  {
    provider: CrmProvider,
    module: Type.String({ minLength: 1, description: 'API name of the module that holds leads' }),
    fields: Type.Array(MappedField),
    statuses: Type.Object(
      {
        new: Nullable(Type.String()),
        'demo-booked': Nullable(Type.String()),
        'demo-complete': Nullable(Type.String()),
        'demo-canceled': Nullable(Type.String()),
        'demo-no-show': Nullable(Type.String())
      },
      { additionalProperties: false, description: 'names of the statuses in the CRM; null leaves the field alone' }
    ),
    sources: Type.Record(Type.String(), Type.String(), { description: 'names of the lead sources in the CRM' }),
    objects: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'mappings of contact, deal and task, by kind' })
    )
  },
  { additionalProperties: false }
)
export type MappingDocument = Static<typeof MappingDocument>
