import { defineEvent } from '../event/define-event.ts'
import { IgnoredWebhook } from '../ingest/ignored-webhook.ts'

export const StripeEventIgnored = defineEvent({
  type: 'billing.StripeEventIgnored.v1',
  aggregate: 'webhook',
  description: 'An event of Stripe was understood and changes nothing, with the reason. Its id is the aggregate.',
  data: IgnoredWebhook
})
