import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, Nullable, OneOf, PersonId } from '../scalars.ts'
import { CrmProvider } from './write.ts'

/** What the CRM holds beside the leads themselves. */
export const ObjectKind = OneOf('contact', 'deal', 'task')
export type ObjectKind = Static<typeof ObjectKind>

/** The name that the sender gives an object; the same key is the same object for ever. Not personal. */
export const ObjectKey = Type.String({
  pattern: '^[A-Za-z0-9_-]+$',
  minLength: 1,
  maxLength: 64,
  description: 'own key of the object, chosen by the sender: the same key is the same object; nothing personal in it'
})

/** The fields that every event of a CRM object carries. */
export const objectFields = {
  objectId: AggregateId,
  kind: ObjectKind,
  key: ObjectKey,
  leadId: AggregateId,
  personId: PersonId,
  provider: CrmProvider,
  module: Type.String()
}

/** Values by Leadlog's names: what is absent is left as it is, null clears. */
export const ObjectValues = Type.Record(Type.String(), Nullable(Type.Union([Type.String(), Type.Number()])))
export type ObjectValues = Static<typeof ObjectValues>

/** Keys of the objects that this one hangs on; null takes the link away. */
export const ObjectLinks = Type.Object({
  contact: Type.Optional(Nullable(ObjectKey)),
  deal: Type.Optional(Nullable(ObjectKey))
})
export type ObjectLinks = Static<typeof ObjectLinks>
