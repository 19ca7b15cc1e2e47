import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { OneOf } from '../scalars.ts'
import { ObjectKey } from './object.ts'
import { Day, orNull, personalText, writeObjectFields, writeObjectRefusals, writeObjectResult } from './write-object.ts'

export const WriteTask = defineCommand({
  service: 'crm-sync',
  name: 'WriteTask',
  description:
    'Makes a task in the CRM, or changes the one that has the key. It is about the contact and the deal that it names, else about the lead. What is left out stays, null clears.',
  data: Type.Object(
    {
      ...writeObjectFields,
      subject: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 255 }))),
      dueDate: Type.Optional(Day),
      status: Type.Optional(OneOf('not-started', 'in-progress', 'completed')),
      priority: Type.Optional(orNull(OneOf('high', 'normal', 'low'))),
      note: personalText(30_000, 'what is to be done'),
      owner: Type.Optional(
        Type.String({
          pattern: '^[0-9]+$',
          maxLength: 32,
          description: "the CRM's own id of the user who is to do it; the connected user where none was ever given"
        })
      ),
      contact: Type.Optional(orNull(ObjectKey)),
      deal: Type.Optional(orNull(ObjectKey))
    },
    { additionalProperties: false }
  ),
  result: writeObjectResult,
  refusals: {
    ...writeObjectRefusals,
    CRM_SYNC_DAY_IMPOSSIBLE: 'the calendar has no such day',
    CRM_SYNC_CONTACT_UNKNOWN: 'no contact of this lead was ever written under the key',
    CRM_SYNC_DEAL_UNKNOWN: 'no deal of this lead was ever written under the key'
  },
  personAddress: ({ personEmail }) => personEmail
})
