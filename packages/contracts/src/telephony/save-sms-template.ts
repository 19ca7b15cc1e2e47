import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { SmsEncoding, SmsTemplateId, SmsText } from './message.ts'

export const SaveSmsTemplate = defineCommand({
  service: 'telephony',
  name: 'SaveSmsTemplate',
  description:
    'Saves a text for messages. Placeholders are those of call flows, {{lead.firstName|there}}, and own ones that are given with each message, {{day}}. The same text again changes nothing.',
  data: Type.Object(
    {
      templateId: SmsTemplateId,
      name: Type.String({ minLength: 1, maxLength: 120 }),
      text: SmsText,
      variables: Type.Optional(
        Type.Array(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 40 }), {
          maxItems: 20,
          uniqueItems: true,
          description: 'own placeholders'
        })
      )
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    templateId: Type.String(),
    version: Type.Integer(),
    encoding: SmsEncoding,
    segments: Type.Integer({ description: 'with the placeholders as they stand; names make it longer or shorter' })
  }),
  refusals: {
    TELEPHONY_TEMPLATE_INVALID: 'a placeholder is unknown or lacks its other word; the message says where',
    TELEPHONY_SMS_TOO_LONG: 'it needs more segments than a message may have'
  }
})
