import { CallAttributed, CallerCalled, CallReceived, CallStatusReported, isEvent, newEvent } from '@leadlog/contracts'
import { isPhoneNumber } from '@leadlog/call-flow'
import { callRef } from '../call/call-ref.ts'
import { callOf, ownerOf } from '../call/call.ts'
import { defineAttribution } from './attribution.ts'

/** Numbers that become a lead's, or were a mistake → whose their calls are. */
export const attributeCalls = defineAttribution({
  name: 'attribute-calls',
  begins: [CallReceived, CallStatusReported],
  // Calls that come in speak for themselves once.
  begun(event, { callerId }) {
    const isReport = isEvent(event, CallStatusReported)
    if (isReport && event.data.direction === 'inbound') return null
    const number = isReport ? event.data.number : isEvent(event, CallReceived) ? event.data.from : ''
    const { callId } = event.data as { callId: string }
    return isPhoneNumber(number) ? { callerId: callerId(number), id: callId } : null
  },
  ref: callRef,
  known: ({ calls }) => calls,
  noted: CallerCalled,
  note: (callerId, callId) => newEvent(CallerCalled, callerId, { callerId, callId }),
  attributed: CallAttributed,
  owner(events, callId) {
    const owner = ownerOf(callOf(events))
    return (
      owner && {
        leadId: owner.leadId,
        attribute: (leadId) => newEvent(CallAttributed, callId, { callId, personId: owner.personId, leadId })
      }
    )
  }
})
