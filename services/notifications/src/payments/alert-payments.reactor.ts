import {
  derivedId,
  isEvent,
  newEvent,
  PaymentAlertSent,
  PaymentDisputed,
  PaymentParked,
  RefundFailed,
  RefundRefused
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { NotificationDeps } from '../alerts/alert-failures.reactor.ts'
import { ALERT, tellOnce } from '../alerts/tell-once.ts'
import { paymentText, type PaymentNews } from './payment-text.ts'

/** Money that waits for a person → one message. That a dispute ended is told where it began. */
export const alertPayments = defineReactor({
  name: 'alert-payments',
  on: [PaymentParked, PaymentDisputed, RefundRefused, RefundFailed],
  emits: [PaymentAlertSent],
  repeatable: [ALERT],
  concurrency: 4,
  handle: async (event, { channel, gatewayUrl }: NotificationDeps, context) => {
    const { paymentId } = event.data
    const news = newsOf(event)
    const alertId = derivedId('payment-alert', event.id)
    const text = paymentText(news, gatewayUrl)
    const base = { alertId, channel: channel.name, paymentId, about: news.about, text }
    await tellOnce(channel, context, {
      aggregate: 'payment-alert',
      alertId,
      text,
      told: (failedBecause) => newEvent(PaymentAlertSent, alertId, { ...base, failedBecause })
    })
  }
})

function newsOf(event: Parameters<(typeof alertPayments)['handle']>[0]): PaymentNews {
  if (isEvent(event, PaymentParked)) return { about: 'parked', ...event.data }
  if (isEvent(event, PaymentDisputed)) return { about: 'disputed', ...event.data }
  if (isEvent(event, RefundRefused)) return { about: 'refund-refused', ...event.data }
  if (isEvent(event, RefundFailed)) return { about: 'refund-failed', ...event.data }
  throw new TypeError(`${event.type} is nothing that people are told of`)
}
