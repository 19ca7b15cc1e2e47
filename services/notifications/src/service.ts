import { defineService, testIntegrationsCommand, type IntegrationDeps } from '@leadlog/service'
import { alertFailures, type NotificationDeps } from './alerts/alert-failures.reactor.ts'
import { notificationsConfig } from './config.ts'
import { logChannel } from './slack/log-channel.ts'
import { slackIntegration } from './slack/slack-integration.ts'
import { alertPayments } from './payments/alert-payments.reactor.ts'
import { alertSpend } from './spend/alert-spend.reactor.ts'
import { slackChannel } from './slack/slack-channel.ts'

/** Tells people of what needs them. */
export const notifications = defineService({
  name: 'notifications',
  description:
    'Tells people of terminal failures, one message for each and one with a count for a storm, and of budgets that are nearly used.',
  defaultPort: 8088,
  config: notificationsConfig,
  isEnabled: (config) => config.enabled,
  uses: { postgres: false, redis: true },
  setup: ({ config, logger, redis, metrics, onStop }): NotificationDeps & IntegrationDeps => {
    const channel = config.slackWebhookUrl
      ? slackChannel({ url: config.slackWebhookUrl, privateHosts: config.privateHosts, logger, redis, metrics, onStop })
      : logChannel(logger)
    const gatewayUrl = config.gatewayUrl ?? config.publicUrl
    const { privateHosts, slackWebhookUrl } = config
    return { channel, gatewayUrl, privateHosts, integrations: [slackIntegration(channel, slackWebhookUrl)] }
  },
  commands: [testIntegrationsCommand('notifications')],
  reactors: [alertFailures, alertSpend, alertPayments],
  simulate: (deps) => ({ ...deps, channel: { name: deps.channel.name, send: async () => undefined } }),
  projections: []
})
