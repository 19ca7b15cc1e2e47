import { defineEvent } from '../event/define-event.ts'
import { IgnoredWebhook } from '../ingest/ignored-webhook.ts'

export const CallbackIgnored = defineEvent({
  type: 'telephony.CallbackIgnored.v1',
  aggregate: 'webhook',
  description: 'A callback of Twilio was understood and changes nothing, with the reason. Its id is the aggregate.',
  data: IgnoredWebhook
})
