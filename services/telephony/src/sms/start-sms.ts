import type { ServiceContext } from '@leadlog/service'
import type { telephonyConfig } from '../config.ts'
import type { TelephonyDeps } from '../deps.ts'
import { twilioAccess } from '../twilio/twilio-access.ts'
import { deliverSms } from './deliver-sms.ts'
import { sendWaiting } from './send-waiting.ts'
import { createSmsBudgets } from './sms-budgets.ts'
import { smsOldestDue, smsOutcomes, smsWaiting } from './sms.metrics.ts'
import { openSmsQueue } from './sms-queue.ts'

/**
 * Follows the queue of messages, and sends what may go. Where Twilio's account, its token, the database or an address is
 * missing, messages wait in the queue, and that is said.
 */
export function startSms(context: ServiceContext<typeof telephonyConfig>, deps: TelephonyDeps): void {
  const { config, log, redis, clock, logger, metrics, onStop } = context
  const queue = openSmsQueue(context)
  onStop(() => queue.stop())
  metrics.gauge(smsWaiting, (gauge) => gauge.set(queue.size))
  metrics.gauge(smsOldestDue, (gauge) => {
    const now = clock.now().getTime()
    gauge.set(Math.max(0, now - (queue.oldestDue(now) ?? now)) / 1000)
  })
  const access = twilioAccess(deps)
  if ('refused' in access) {
    logger.warn({ reason: access.message }, 'no messages are sent: they wait in the queue')
    return
  }
  const rates = { all: config.smsPerSecond, each: config.smsPerSecondPerNumber }
  const account = config.twilioAccountSid ?? 'none'
  const budgets = createSmsBudgets({ account, logger, ...(redis === undefined ? {} : { redis }) }, rates)
  const { twilio, effects, ingestUrl } = access
  const sending = { log, twilio, effects, budgets, ingestUrl, quietHours: deps.quietHours, clock }
  const outcomes = metrics.counter(smsOutcomes)
  const stop = sendWaiting({ queue, deliver: (id) => deliverSms(sending, id), outcomes, clock, logger })
  onStop(async () => {
    const stopped = stop()
    // What waits for the rate has not gone yet, and need not be waited for.
    budgets.close()
    await stopped
  })
}
