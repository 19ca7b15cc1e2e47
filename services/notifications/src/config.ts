import { boolean, optionalUrl, privateHosts } from '@leadlog/service'

/** The variables of the notifications service. */
export const notificationsConfig = {
  enabled: boolean('ENABLE_ALERTS', {
    description: 'false: nobody is told of failures until it is true again; then of all that came meanwhile',
    example: 'true',
    default: true
  }),
  gatewayUrl: optionalUrl('GATEWAY_URL', {
    description: 'address of the gateway as people reach it; alerts link to their dead letter there',
    example: 'https://leadlog.example.com',
    protocols: ['https', 'http']
  }),
  privateHosts,
  slackWebhookUrl: optionalUrl('SLACK_WEBHOOK_URL', {
    description: 'incoming webhook of the Slack channel for alerts; without it alerts are log lines',
    example: 'https://hooks.slack.com/services/T000/B000/XXXX',
    protocols: ['https', 'http'],
    secret: true
  })
}
