import { derivedId, newEvent, SpendAlertSent, SpendThresholdReached } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { NotificationDeps } from '../alerts/alert-failures.reactor.ts'
import { ALERT, tellOnce } from '../alerts/tell-once.ts'
import { spendText } from './spend-text.ts'

/** A threshold of a budget that is reached → one message; of several at the same moment the highest is told. */
export const alertSpend = defineReactor({
  name: 'alert-spend',
  on: [SpendThresholdReached],
  emits: [SpendAlertSent],
  repeatable: [ALERT],
  concurrency: 2,
  handle: async (event, { channel, gatewayUrl }: NotificationDeps, context) => {
    const { currency, month, threshold, overtaken } = event.data
    if (overtaken) return
    const alertId = derivedId('spend-alert', event.id)
    const text = spendText(event.data, gatewayUrl)
    const base = { alertId, channel: channel.name, currency, month, threshold, text }
    await tellOnce(channel, context, {
      aggregate: 'spend-alert',
      alertId,
      text,
      told: (failedBecause) => newEvent(SpendAlertSent, alertId, { ...base, failedBecause })
    })
  }
})
