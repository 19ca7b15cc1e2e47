import {
  CallbackIgnored,
  ContactReleased,
  ContactSuppressed,
  SmsReceived,
  SmsRequested,
  SmsStatusReported,
  SmsThreadOpened,
  WebhookReceived,
  type DataOf
} from '@leadlog/contracts'
import { isPersonErased } from '@leadlog/event-log'
import { defineReactor, ignoreWebhook, isNothing, type HandlerContext } from '@leadlog/service'
import { callerRef } from '../caller/caller.ts'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { suppressionRef } from '../suppression/suppression.ts'
import { NOT_OURS } from '../twilio/nothing-new.ts'
import { readCallback } from '../twilio/read-callback.ts'
import { reportSms } from './decide-message.ts'
import { messageOf, messageRef, receivedMessageId } from './message.ts'
import { receiveSms, type Sender } from './receive-sms.ts'
import { ownerOf, smsSidRef } from './sms-sid.ts'
import { translateSms, translateSmsStatus, type IncomingSms } from './translate-sms.ts'

/** Twilio's callbacks → facts about messages, and about who is not to be written to any more. */
export const followSms = defineReactor({
  name: 'follow-sms',
  on: [WebhookReceived],
  subjects: ['in.twilio.>'],
  emits: [
    SmsReceived,
    SmsStatusReported,
    SmsThreadOpened,
    SmsRequested,
    ContactSuppressed,
    ContactReleased,
    CallbackIgnored
  ],
  concurrency: 16,
  handle: async ({ id, data }, deps: TelephonyDeps, context) => {
    if (data.eventType === 'sms') {
      const incoming = translateSms(await readCallback(deps.webhooks, id, data))
      await take(incoming, data.receivedAt, deps, context)
    }
    if (data.eventType === 'sms-status') {
      const isOurs = await report(await readCallback(deps.webhooks, id, data), data, context)
      if (!isOurs) await ignoreWebhook(context, CallbackIgnored, id, NOT_OURS)
    }
  }
})

/**
 * A STOP is heeded whoever sent it. Of somebody whose lead was erased it is taken down as of the number alone; where that
 * was erased too they are somebody new.
 */
async function take(
  incoming: IncomingSms,
  at: string,
  { callerId: idOf, renewKey }: TelephonyDeps,
  context: HandlerContext
): Promise<void> {
  const callerId = idOf(incoming.from)
  const ref = messageRef(receivedMessageId(incoming.messageSid))
  const known = await findCaller({ load: (one) => context.load(one), callerId: idOf }, incoming.from, incoming.from)
  const record = (sender: Sender, step: string) =>
    context.transact({
      step,
      load: [ref, callerRef(callerId), suppressionRef(callerId)],
      decide: ([message, caller, suppression]) => receiveSms(incoming, sender, { message, caller, suppression }, at)
    })
  const unknown: Sender = { callerId, personId: callerId, leadId: null }
  const attempts: [Sender, string][] = [
    [{ callerId, personId: known.personId, leadId: known.leadId }, 'received'],
    [unknown, 'received-from-number']
  ]
  for (const [sender, step] of attempts) {
    try {
      await record(sender, step)
      return
    } catch (error) {
      if (!isPersonErased(error)) throw error
    }
  }
  await renewKey(callerId)
  await record(unknown, 'received-anew')
}

/** Ours name themselves in the address of the callback. False for a message that is none of ours. */
async function report(
  fields: Readonly<Record<string, string>>,
  { reference, receivedAt }: DataOf<typeof WebhookReceived>,
  context: HandlerContext
): Promise<boolean> {
  const told = translateSmsStatus(fields)
  const named = new URLSearchParams(reference ?? '').get('message')
  const messageId = named ?? ownerOf((await context.load(smsSidRef(told.messageSid))).events)
  if (messageId === null || !/^[A-Za-z0-9_-]{1,64}$/.test(messageId)) return false
  const result = await context.transact({
    load: [messageRef(messageId)],
    decide: ([history]) => reportSms(messageOf(history?.events ?? []), { ...told, reportedAt: receivedAt })
  })
  return !isNothing(result)
}
