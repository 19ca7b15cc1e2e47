import type { AggregateRef, ContactChannel, ContactCheck, ContactPurpose, QuietHours } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { callerLead, leadRef } from '../caller/caller-lead.ts'
import { checkContact } from './check-contact.ts'
import { recipientTimeZones, type RecipientTimeZones } from './recipient-time-zones.ts'
import { suppressionOf, suppressionRef } from './suppression.ts'

export interface ContactSource {
  load(ref: AggregateRef): Promise<AggregateHistory>
  /** Keyed hash of a number. */
  callerId(number: string): string
  readonly quietHours: QuietHours
}

/** Whom it is about. The lead is the one that the number belongs to, where there is one: its time zone counts. */
export interface Contact {
  readonly number: string
  readonly leadId: string | null
  readonly channel: ContactChannel
  readonly purpose: ContactPurpose
}

/**
 * Looks in the log whether a number may be called or written to now. What it gives belongs into the event of the call or
 * message. A decision that must not be overtaken by a STOP takes the suppression's history into its own transaction, as
 * {@link checkContact} allows.
 */
export async function lookAtContact(source: ContactSource, contact: Contact, now: Date): Promise<ContactCheck> {
  const { number, channel, purpose } = contact
  const suppression = suppressionOf(await source.load(suppressionRef(source.callerId(number))))
  const zones = await contactTimeZones(source, contact)
  return checkContact({ suppression, channel, purpose, now, zones, quietHours: source.quietHours })
}

/** Where the recipient's clock is; see {@link recipientTimeZones}. */
export async function contactTimeZones(
  source: Pick<ContactSource, 'load'>,
  { number, leadId }: Pick<Contact, 'number' | 'leadId'>
): Promise<RecipientTimeZones> {
  const lead = leadId === null ? null : callerLead((await source.load(leadRef(leadId))).events)
  return recipientTimeZones(number, lead?.customer?.timezone ?? null)
}
