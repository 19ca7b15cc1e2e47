import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { SmsEncoding, SmsTemplateId, SmsText } from './message.ts'
import { E164 } from './suppress-contact.ts'

export const SendSms = defineCommand({
  service: 'telephony',
  name: 'SendSms',
  description:
    'Puts a text message into the queue, a text of its own or a template. It goes out when the recipient may be written to: not at night where they are, and never after STOP.',
  data: Type.Object(
    {
      to: pii(E164),
      from: Type.Optional(
        Type.String({
          minLength: 3,
          maxLength: 20,
          description: 'one of our numbers; else the one of the newest thread with them, else that of the settings'
        })
      ),
      text: Type.Optional(pii(SmsText)),
      templateId: Type.Optional(SmsTemplateId),
      variables: Type.Optional(
        pii(
          Type.Record(Type.String(), Type.String({ maxLength: 300 }), {
            description: "the template's own placeholders"
          })
        )
      ),
      leadId: Type.Optional(AggregateId),
      purpose: Type.Optional(OneOf('marketing', 'service', 'answer')),
      sendAt: Type.Optional(
        Type.String({ maxLength: 40, description: 'ISO 8601 with zone: not before; at most 30 days ahead' })
      ),
      inReplyTo: Type.Optional(
        Type.String({
          maxLength: 64,
          description: 'id of their message; an answer within the hour does not wait for the morning'
        })
      )
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    messageId: Type.String(),
    threadId: Type.String(),
    from: Type.String(),
    encoding: SmsEncoding,
    segments: Type.Integer(),
    sendAt: Nullable(Type.String())
  }),
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'the number is none; write it in E.164, such as +14155550142',
    TELEPHONY_SMS_NO_SENDER: 'no number of ours is known for it: give one in from, or set TELEPHONY_SMS_NUMBER',
    TELEPHONY_SMS_TEXT_UNCLEAR: 'give either a text or a template',
    TELEPHONY_SMS_TOO_LONG: 'it needs more segments than a message may have; the message has the figures',
    TELEPHONY_SMS_VARIABLE_MISSING: 'a placeholder of the template was not given',
    TELEPHONY_SMS_TIME_IMPOSSIBLE: 'sendAt is no time, or more than 30 days ahead',
    TELEPHONY_SMS_NOT_AN_ANSWER: 'inReplyTo is no message that they sent us within the last hour',
    TELEPHONY_TEMPLATE_UNKNOWN: 'no template has this id',
    TELEPHONY_LEAD_UNKNOWN: 'no lead has this id',
    TELEPHONY_CONTACT_SUPPRESSED: 'the recipient is not to be written to'
  },
  personAddress: ({ to }) => to
})
