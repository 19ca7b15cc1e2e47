import type { TwilioPrice } from './price.ts'

export type TwilioMessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'partially_delivered'
  | 'undelivered'
  | 'failed'
  | 'receiving'
  | 'received'
  | 'read'
  | 'canceled'

export interface NewMessage {
  readonly to: string
  readonly from: string
  readonly body: string
  readonly statusCallback: string
}

/** A message as Twilio keeps it. */
export interface TwilioMessage {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly body: string
  readonly status: TwilioMessageStatus
  readonly direction: string
  readonly segments: number | null
  /** Why it was not delivered. */
  readonly errorCode: number | null
  readonly createdAt: Date | null
  readonly sentAt: Date | null
  /** Null until Twilio knows. */
  readonly price: TwilioPrice | null
}
