import { CallerTexted, isEvent, newEvent, SmsAttributed, SmsReceived, SmsRequested } from '@leadlog/contracts'
import { namesOf } from '../sms/decide-message.ts'
import { messageOf, messageRef } from '../sms/message.ts'
import { defineAttribution } from './attribution.ts'

/** Numbers that become a lead's, or were a mistake → whose their text messages are. */
export const attributeMessages = defineAttribution({
  name: 'attribute-messages',
  begins: [SmsReceived, SmsRequested],
  begun(event) {
    if (!isEvent(event, SmsReceived) && !isEvent(event, SmsRequested)) return null
    return { callerId: event.data.callerId, id: event.data.messageId }
  },
  ref: messageRef,
  known: ({ messages }) => messages,
  noted: CallerTexted,
  note: (callerId, messageId) => newEvent(CallerTexted, callerId, { callerId, messageId }),
  attributed: SmsAttributed,
  owner(events, messageId) {
    const { requested, received, attributed } = messageOf(events)
    const known = requested ?? received
    return (
      known && {
        leadId: attributed === null ? known.leadId : attributed.leadId,
        attribute: (leadId) => newEvent(SmsAttributed, messageId, { ...namesOf(known), leadId })
      }
    )
  }
})
