import type { DomainPolicy } from './readai/choose-attendee.ts'
import type { Erasures } from './webhook/unless-erased.ts'
import type { WebhookReader } from './webhook/read-webhook.ts'

/** What the translators need. */
export interface MeetingsDeps {
  readonly webhooks: WebhookReader
  readonly erasures: Erasures
  /** The person's id by the e-mail address. */
  readonly personId: (email: string) => string
  readonly domains: DomainPolicy
  /** Shorter meetings are ignored. */
  readonly minDurationMinutes: number
}
