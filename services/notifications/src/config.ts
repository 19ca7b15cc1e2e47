import { boolean, optionalUrl } from '@leadlog/service'

/** The variables of the notifications service. */
export const notificationsConfig = {
  enabled: boolean('ENABLE_ALERTS', {
    description: 'false: nobody is told of failures until it is true again; then of all that came meanwhile',
    example: 'true',
    default: true
  }),
  slackWebhookUrl: optionalUrl('SLACK_WEBHOOK_URL', {
    description: 'incoming webhook of the Slack channel for alerts; without it alerts are log lines',
    example: 'https://hooks.slack.com/services/T000/B000/XXXX',
    protocols: ['https', 'http'],
    secret: true
  })
}
