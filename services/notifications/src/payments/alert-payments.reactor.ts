import {
  derivedId,
  isEvent,
  newEvent,
  PaymentAlertSent,
  PaymentDisputed,
  PaymentParked,
  PermanentError,
  RefundRefused
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { NotificationDeps } from '../alerts/alert-failures.reactor.ts'
import { paymentText, type PaymentNews } from './payment-text.ts'

/** The effect as an operator names it. */
const ALERT = 'alert'

/**
 * Money that waits for a person → one message. That a dispute ended is told where it began. Told at least once: a crash between
 * the sending and its recording repeats the message.
 */
export const alertPayments = defineReactor({
  name: 'alert-payments',
  on: [PaymentParked, PaymentDisputed, RefundRefused],
  emits: [PaymentAlertSent],
  repeatable: [ALERT],
  concurrency: 4,
  handle: async (event, { channel, gatewayUrl }: NotificationDeps, context) => {
    const alertId = derivedId('payment-alert', event.id)
    const ref = { context: 'notifications', aggregate: 'payment-alert', id: alertId }
    const isAgain = context.repeats.has(ALERT)
    if (!isAgain && (await context.load(ref)).events.length > 0) return
    const news = newsOf(event)
    const text = paymentText(news, gatewayUrl)
    let failedBecause: string | null = null
    try {
      await channel.send(text)
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error
      context.logger.error({ err: error, text }, 'the alert channel refuses messages for good')
      failedBecause = error.message
    }
    const { paymentId } = event.data
    const told = { alertId, channel: channel.name, paymentId, about: news.about, text, failedBecause }
    await context.transact({
      ...(isAgain ? { step: `again/${context.attemptToken}` } : {}),
      load: [ref],
      decide: () => [newEvent(PaymentAlertSent, alertId, told)]
    })
  }
})

function newsOf(event: Parameters<(typeof alertPayments)['handle']>[0]): PaymentNews {
  if (isEvent(event, PaymentParked)) return { about: 'parked', ...event.data }
  if (isEvent(event, PaymentDisputed)) return { about: 'disputed', ...event.data }
  if (isEvent(event, RefundRefused)) return { about: 'refund-refused', ...event.data }
  throw new TypeError(`${event.type} is nothing that people are told of`)
}
