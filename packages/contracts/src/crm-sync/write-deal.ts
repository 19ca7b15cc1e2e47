import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { ObjectKey } from './object.ts'
import { Day, orNull, personalText, writeObjectFields, writeObjectRefusals, writeObjectResult } from './write-object.ts'

export const WriteDeal = defineCommand({
  service: 'crm-sync',
  name: 'WriteDeal',
  description: 'Makes a deal in the CRM, or changes the one that has the key. What is left out stays, null clears.',
  data: Type.Object(
    {
      ...writeObjectFields,
      name: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 120 }))),
      stage: Type.Optional(
        Type.String({ minLength: 1, maxLength: 120, description: "by its name in the CRM, or by the mapping's" })
      ),
      amount: Type.Optional(
        orNull(Type.Integer({ minimum: 0, description: 'in the smallest unit of the currency, for example cents' }))
      ),
      currency: Type.Optional(orNull(Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217, for example EUR' }))),
      closeDate: Type.Optional(orNull(Day)),
      note: personalText(30_000, 'description of the deal'),
      contact: Type.Optional(orNull(ObjectKey))
    },
    { additionalProperties: false }
  ),
  result: writeObjectResult,
  refusals: {
    ...writeObjectRefusals,
    CRM_SYNC_DAY_IMPOSSIBLE: 'the calendar has no such day',
    CRM_SYNC_STAGE_UNKNOWN: 'the CRM has no such stage',
    CRM_SYNC_CURRENCY_UNKNOWN: 'there is no such currency',
    CRM_SYNC_CONTACT_UNKNOWN: 'no contact of this lead was ever written under the key'
  },
  personAddress: ({ personEmail }) => personEmail
})
