import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { personalText, writeObjectFields, writeObjectRefusals, writeObjectResult } from './write-object.ts'

export const WriteContact = defineCommand({
  service: 'crm-sync',
  name: 'WriteContact',
  description:
    'Makes a contact in the CRM, or changes the one that has the key or the e-mail address. What is left out stays, null clears.',
  data: Type.Object(
    {
      ...writeObjectFields,
      firstName: personalText(40),
      lastName: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 80 }))),
      email: personalText(100, 'by which a contact that is there already is found'),
      phone: personalText(30),
      company: personalText(200),
      title: personalText(100, 'what the person does at the company')
    },
    { additionalProperties: false }
  ),
  result: writeObjectResult,
  refusals: { ...writeObjectRefusals, CRM_SYNC_EMAIL_UNUSABLE: 'the e-mail address is none' },
  personAddress: ({ personEmail }) => personEmail
})
