import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { SmsText } from './message.ts'

export const SmsTemplateSaved = defineEvent({
  type: 'telephony.SmsTemplateSaved.v1',
  aggregate: 'sms-template',
  description: 'A template of text messages has a new text. Messages that were made of an earlier one keep theirs.',
  data: Type.Object({
    templateId: AggregateId,
    version: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    text: SmsText,
    /** Placeholders that are given with each message. */
    variables: Type.Array(Type.String())
  })
})
