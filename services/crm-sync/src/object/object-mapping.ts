import { Type, type Static } from '@sinclair/typebox'
import { CrmProvider, ObjectKind, OneOf } from '@leadlog/contracts'
import { ValueFormat } from '../mapping/mapping-document.ts'

/** Leadlog's names of what an object of each kind can say. `key` and `leadId` stand on every object. */
export const objectFieldNames = {
  contact: ['key', 'leadId', 'firstName', 'lastName', 'email', 'phone', 'company', 'title'],
  deal: ['key', 'leadId', 'name', 'stage', 'amount', 'currency', 'closeDate', 'note'],
  task: ['key', 'leadId', 'subject', 'dueDate', 'status', 'priority', 'owner', 'note']
} as const satisfies Record<ObjectKind, readonly string[]>

export type ObjectField = (typeof objectFieldNames)[ObjectKind][number]

const allFields = [...new Set(Object.values(objectFieldNames).flat())]

/** One field of an object and where it stands in the CRM. */
export const MappedObjectField = Type.Object(
  {
    field: OneOf(...allFields),
    apiName: Type.String({ minLength: 1, description: "the field's API name in the CRM" }),
    format: ValueFormat,
    maxLength: Type.Integer({ minimum: 1, description: 'longest text, in characters' })
  },
  { additionalProperties: false }
)
export type MappedObjectField = Static<typeof MappedObjectField>

/** From Leadlog's fields of a contact, a deal or a task to those of a module of a CRM. */
export const ObjectMapping = Type.Object(
  {
    kind: ObjectKind,
    provider: CrmProvider,
    module: Type.String({ minLength: 1, description: 'API name of the module that holds the objects' }),
    fields: Type.Array(MappedObjectField),
    names: Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
      description: 'by field: names of its values in the CRM; a value without one is sent as it is'
    })
  },
  { additionalProperties: false }
)
export type ObjectMapping = Static<typeof ObjectMapping>

/** The API name that a field stands under; null where it is switched off. */
export function apiNameOf({ fields }: ObjectMapping, wanted: ObjectField): string | null {
  return fields.find(({ field }) => field === wanted)?.apiName ?? null
}
