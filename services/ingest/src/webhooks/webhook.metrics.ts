import { counter } from '@leadlog/service'

/** What became of each webhook; a provider that is not known is not counted here but as a request. */
export const webhooksReceived = counter('leadlog_webhooks_total', 'Webhooks received, by what became of them', {
  provider: 'calendly, readai, twilio, standard',
  outcome: 'accepted, ignored, duplicate, not-stored, or the code of the refusal in lower case'
})
