import { createHash } from 'node:crypto'
import { PermanentError, TransientError } from '@leadlog/contracts'
import { createBudget, createCircuit, createVendorClient, type VendorResponse } from '@leadlog/outbound'
import { vendorMetrics, type ServiceContext } from '@leadlog/service'
import type { AlertChannel } from '../alerts/alert-failures.reactor.ts'
import type { notificationsConfig } from '../config.ts'

/** Slack takes about a message a second per webhook; a minute's worth with room for other senders. */
const MESSAGES_PER_MINUTE = 50
/** Slack answers within a second; a silent one is tried again. */
const TIMEOUT_MS = 10_000
/** Characters of Slack's answer that an error shows. */
const ANSWER_LENGTH = 100

type Parts = Pick<ServiceContext<typeof notificationsConfig>, 'logger' | 'redis' | 'metrics' | 'onStop'> & {
  url: string
  privateHosts: readonly string[]
}

/**
 * Messages to a Slack incoming webhook. A message whose answer is lost is sent again: Slack has no idempotency, and an
 * alert that comes twice is better than none.
 */
export function slackChannel({ url, privateHosts, logger, redis, metrics, onStop }: Parts): AlertChannel {
  const { onCallEnded, onCircuitChange, watchBudget } = vendorMetrics(metrics, 'slack')
  const { origin, pathname } = new URL(url)
  const budget = createBudget({
    vendor: 'slack',
    // The path is the secret of the webhook; a budget's name is shown.
    account: createHash('sha256').update(pathname).digest('hex').slice(0, 16),
    perMinute: MESSAGES_PER_MINUTE,
    logger,
    ...(redis ? { redis } : {})
  })
  watchBudget(budget)
  const client = createVendorClient({
    vendor: 'slack',
    baseUrl: origin,
    privateHosts,
    budget,
    circuit: createCircuit({ vendor: 'slack', logger, onChange: onCircuitChange }),
    timeoutMs: TIMEOUT_MS,
    serverErrorMeans: 'not-done',
    classify,
    onCallEnded,
    logger
  })
  onStop(async () => {
    budget.close()
    await client.close()
  })
  return {
    name: 'slack',
    send: async (text) => {
      await client.call({ operation: 'send-message', method: 'POST', path: pathname, body: { text }, lane: 'live' })
    }
  }
}

/** Slack refuses with a word in plain text. */
function classify(response: VendorResponse) {
  if (response.status < 400 || response.status === 429) return undefined
  const answer = response.text().slice(0, ANSWER_LENGTH)
  if (response.status >= 500) {
    return {
      kind: 'failed' as const,
      error: new TransientError('NOTIFICATIONS_SLACK_FAILED', `Slack answered ${response.status} ${answer}`)
    }
  }
  return {
    kind: 'failed' as const,
    error: new PermanentError(
      'NOTIFICATIONS_SLACK_REFUSED',
      `Slack refused the message: ${response.status} ${answer}. Check SLACK_WEBHOOK_URL`
    )
  }
}
