import { isPhoneNumber } from '@leadlog/call-flow'
import { CallSmsRequested, SmsRequested, SmsThreadOpened } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { callerRef } from '../caller/caller.ts'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { messageRef } from './message.ts'
import { requestSms } from './request-sms.ts'
import { segmentsOf } from './segments.ts'

/** Fits into ten parts whatever its characters are. */
const SURELY_SHORT = 600

/** A message that a step of a call asked for → the queue of messages. Whether it may be sent is looked at before it goes. */
export const sendCallSms = defineReactor({
  name: 'send-call-sms',
  on: [CallSmsRequested],
  emits: [SmsRequested, SmsThreadOpened],
  concurrency: 8,
  handle: async (event, { callerId }: TelephonyDeps, context) => {
    const { requestId, to, from, text, toCaller, at, personId, leadId } = event.data
    // Of somebody who was erased meanwhile nothing is left to be sent.
    if (!isPhoneNumber(to)) return
    const id = callerId(to)
    const whose = toCaller
      ? { personId, leadId }
      : await findCaller({ load: (ref) => context.load(ref), callerId }, to, to)
    await context.transact({
      load: [callerRef(id), messageRef(requestId)],
      decide: ([caller, message]) => {
        if ((message?.events.length ?? 0) > 0) return []
        return requestSms(caller?.events ?? [], {
          messageId: requestId,
          callerId: id,
          personId: whose.personId,
          leadId: whose.leadId,
          from,
          to,
          text: segmentsOf(text).tooLong ? text.slice(0, SURELY_SHORT).toWellFormed() : text,
          // Who is on the phone asked for it a moment ago.
          purpose: toCaller ? 'answer' : 'service',
          sendAt: null,
          template: null,
          inReplyTo: null,
          requestedAt: at
        })
      }
    })
  }
})
