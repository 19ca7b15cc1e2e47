import { defineEvent } from '../event/define-event.ts'
import { IgnoredWebhook } from '../ingest/ignored-webhook.ts'

export const WebhookIgnored = defineEvent({
  type: 'meetings.WebhookIgnored.v1',
  aggregate: 'webhook',
  description: 'A webhook was understood and changes nothing, with the reason. Its id is the aggregate.',
  data: IgnoredWebhook
})
