import type { OwnIntegration } from '@leadlog/service'
import type { AlertChannel } from '../alerts/alert-failures.reactor.ts'

/** Marked, so that nobody takes it for a failure. */
const TEST_MESSAGE = 'This is a test of Leadlog, asked for in its dashboard. Nothing is wrong.'

/** Slack as it is set up. An incoming webhook can only be posted to, so a test is a message. */
export function slackIntegration(channel: AlertChannel, url: string | undefined): OwnIntegration {
  return {
    vendor: 'slack',
    inUse: url !== undefined,
    because:
      url === undefined
        ? 'SLACK_WEBHOOK_URL is not set: alerts are log lines'
        : 'Failures that need somebody are told there',
    // The path is the secret.
    address: url === undefined ? null : new URL(url).origin,
    secrets: ['SLACK_WEBHOOK_URL'],
    posts: true,
    call: async () => {
      await channel.send(TEST_MESSAGE)
      return 'The test message was taken'
    }
  }
}
