import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId } from '../scalars.ts'

export const CaptureLead = defineCommand({
  service: 'crm',
  name: 'CaptureLead',
  description:
    'Takes down a person as a lead, with whatever is known. For a person who is a lead already, what is new is added.',
  data: Type.Object(
    {
      name: pii(Type.String({ minLength: 1, maxLength: 200 })),
      email: pii(Type.String({ minLength: 1, maxLength: 320, description: 'by which the person is known' })),
      phone: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 50 }))),
      company: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 200 }))),
      note: Type.Optional(pii(Type.String({ minLength: 1, maxLength: 20_000, description: 'free text' }))),
      source: Type.String({ minLength: 1, maxLength: 100, description: 'where the lead came from, for example "fair"' })
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ leadId: AggregateId, created: Type.Boolean({ description: 'false: was a lead before' }) }),
  refusals: { CRM_LEAD_EMAIL_UNUSABLE: 'the e-mail address is none, so the person could never be told apart' },
  personAddress: ({ email }) => email
})
