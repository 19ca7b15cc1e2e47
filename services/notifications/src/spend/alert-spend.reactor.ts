import { derivedId, newEvent, PermanentError, SpendAlertSent, SpendThresholdReached } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { NotificationDeps } from '../alerts/alert-failures.reactor.ts'
import { spendText } from './spend-text.ts'

/** The effect as an operator names it. */
const ALERT = 'alert'

/**
 * A threshold of a budget that is reached → one message; of several at the same moment the highest is told. Told at least once:
 * a crash between the sending and its recording repeats the message.
 */
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
    const ref = { context: 'notifications', aggregate: 'spend-alert', id: alertId }
    const isAgain = context.repeats.has(ALERT)
    if (!isAgain && (await context.load(ref)).events.length > 0) return
    const text = spendText(event.data, gatewayUrl)
    let failedBecause: string | null = null
    try {
      await channel.send(text)
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error
      context.logger.error({ err: error, text }, 'the alert channel refuses messages for good')
      failedBecause = error.message
    }
    await context.transact({
      ...(isAgain ? { step: `again/${context.attemptToken}` } : {}),
      load: [ref],
      decide: () => [
        newEvent(SpendAlertSent, alertId, {
          alertId,
          channel: channel.name,
          currency,
          month,
          threshold,
          text,
          failedBecause
        })
      ]
    })
  }
})
