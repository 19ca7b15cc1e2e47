import { Type, type TSchema } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { ObjectKey } from './object.ts'

/** What every command that writes an object is given. */
export const writeObjectFields = {
  key: ObjectKey,
  leadId: AggregateId,
  personEmail: pii(
    Type.String({
      minLength: 1,
      maxLength: 320,
      description: "an e-mail address of the lead's person, under whose key the values are sealed"
    })
  ),
  urgency: Type.Optional(OneOf('person', 'live', 'bulk'))
}

/** A day of the calendar, `2026-12-24`. */
export const Day = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'a day, for example 2026-12-24'
})

/** What the sender of such a command is told. */
export const writeObjectResult = Type.Object({ objectId: AggregateId, writeId: AggregateId })

/** Why such a command may be refused. */
export const writeObjectRefusals = {
  CRM_SYNC_OBJECTS_OFF: 'objects of this kind are not kept in the CRM; CRM_OBJECTS names those that are',
  CRM_SYNC_LEAD_UNKNOWN: 'there is no lead with this id',
  CRM_SYNC_OBJECT_OF_ANOTHER_LEAD: 'the key belongs to an object of another lead',
  CRM_SYNC_OBJECT_INCOMPLETE: 'the object is new, or a field was cleared, and a compulsory field is missing'
}

/** Personal text of at most so many characters; null clears it, absent leaves it as it is. */
export function personalText(maxLength: number, description?: string) {
  const text = Type.String({ minLength: 1, maxLength, ...(description === undefined ? {} : { description }) })
  return Type.Optional(pii(orNull(text)))
}

export function orNull<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}
