import type { QuietHours } from '@leadlog/contracts'
import type { Clock, IntegrationDeps, Logger } from '@leadlog/service'
import type { EventLog } from '@leadlog/event-log'
import type { EffectLedger } from '@leadlog/outbound'
import type { TwilioClient } from '@leadlog/twilio/rest'
import type { Counter } from 'prom-client'
import type { CountryCode } from 'libphonenumber-js'
import type { FileStore } from '@leadlog/files'
import type { Keyring } from '@leadlog/keyring'
import type { FlowBook } from './flow/flow-book.ts'
import type { WebhookCaller } from './webhook/connect-webhooks.ts'
import type { RecordingSource } from './recording/fetch-sound.ts'
import type { WebhookReader } from './twilio/read-callback.ts'

/** What the parts of telephony need. */
export interface TelephonyDeps extends IntegrationDeps {
  readonly log: Pick<EventLog, 'load' | 'transact' | 'schedule'>
  readonly flows: FlowBook
  /** Keyed hash of a phone number; also the id of a person of whom only the number is known. */
  readonly callerId: (number: string) => string
  readonly webhooks: WebhookReader
  /** Null without a secret: steps that call a webhook go their other way. */
  readonly webhookCaller: WebhookCaller | null
  /** Of numbers that are written without their country's code. */
  readonly country: CountryCode
  /** Tokens that Twilio may sign with; none: nothing can be verified. */
  readonly authTokens: readonly string[]
  readonly publicUrl: string | undefined
  /** Null without an account or a token: calls are answered all the same. What makes something happen asks `twilioAccess`. */
  readonly twilio: TwilioClient | null
  /** The ledger of what was done at Twilio; null without a database. */
  readonly effects: EffectLedger | null
  /** Where Twilio reaches this service, for what begins here. */
  readonly voiceUrl: string | undefined
  /** Where Twilio reaches ingest. */
  readonly ingestUrl: string | undefined
  readonly fallbackNumber: string | null
  /** Messages are sent from it where no thread with the recipient is known. */
  readonly smsNumber: string | null
  /** A new key for a person whose key was destroyed. */
  readonly renewKey: (personId: string) => Promise<boolean>
  /** By the recipient's clock. */
  readonly quietHours: QuietHours
  /** Where sounds are fetched from; null without an account. */
  readonly sounds: RecordingSource | null
  /** Where the sound of calls is kept, sealed. */
  readonly files: FileStore
  readonly keys: Pick<Keyring, 'keyState'>
  /** Whether Twilio's copy goes as soon as there is one of ours. */
  readonly deleteRecordingsAtTwilio: boolean
  readonly recordings: Counter<'outcome'>
  readonly answered: Counter<'route' | 'outcome'>
  readonly clock: Clock
  readonly logger: Logger
}
