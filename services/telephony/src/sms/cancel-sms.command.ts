import { CancelSms, SmsNotSent } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { smsNotWaiting, smsUnknown } from '../errors.ts'
import { noteNotSent } from './decide-message.ts'
import { messageOf, messageRef } from './message.ts'

/** A message that waits is taken out of the queue. */
export const cancelSmsCommand = defineCommandHandler({
  command: CancelSms,
  emits: [SmsNotSent],
  handle: async ({ messageId }, _deps: unknown, { transact, sentAt }) => {
    const result = await transact({
      load: [messageRef(messageId)],
      decide: ([history]) => {
        const message = messageOf(history?.events ?? [])
        if (message.requested === null) return smsUnknown(messageId)
        if (message.notSent?.reason === 'canceled') return []
        if (message.notSent !== null || message.sent !== null || message.dispatches.length > 0) return smsNotWaiting()
        const why = { reason: 'canceled' as const, code: null, detail: 'It was taken out of the queue', check: null }
        return noteNotSent(message, why, new Date(sentAt))
      }
    })
    return 'refusal' in result ? result.refusal : { messageId }
  }
})
