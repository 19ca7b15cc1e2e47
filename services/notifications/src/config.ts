import { optionalUrl } from '@leadlog/service'

/** The variables of the notifications service. */
export const notificationsConfig = {
  slackWebhookUrl: optionalUrl('SLACK_WEBHOOK_URL', {
    description: 'incoming webhook of the Slack channel for alerts; without it alerts are log lines',
    example: 'https://hooks.slack.com/services/T000/B000/XXXX',
    protocols: ['https', 'http'],
    secret: true
  })
}
