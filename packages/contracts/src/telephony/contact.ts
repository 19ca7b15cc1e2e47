import { Type, type Static } from '@sinclair/typebox'
import { Nullable, OneOf, Timestamp } from '../scalars.ts'

/** The ways to a person that can be closed, each by itself. */
export const contactChannels = ['call', 'sms', 'email'] as const
export const ContactChannel = OneOf(...contactChannels)
export type ContactChannel = Static<typeof ContactChannel>

/**
 * Why a way is closed. `opted-out`: the person said so, `operator`: one of us did, `vendor-blocked`: the vendor refuses the
 * person, `do-not-call`: a list of people who are not to be called. Each stands by itself and is ended by itself.
 */
export const suppressionReasons = ['opted-out', 'operator', 'vendor-blocked', 'do-not-call'] as const
export const SuppressionReason = OneOf(...suppressionReasons)
export type SuppressionReason = Static<typeof SuppressionReason>

/**
 * What a person is written to or called for. `marketing`: to win them, `service`: about what they booked or bought, `answer`:
 * to what they just said themselves, `confirmation`: that they are opted out or in again.
 */
export const contactPurposes = ['marketing', 'service', 'answer', 'confirmation'] as const
export const ContactPurpose = OneOf(...contactPurposes)
export type ContactPurpose = Static<typeof ContactPurpose>

const ClockTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** From when until when nobody is disturbed, on the clock of whoever would be. The same twice: there are none. */
export const QuietHours = Type.Object({ from: ClockTime, until: ClockTime })
export type QuietHours = Static<typeof QuietHours>

/** What the recipient's time zone was taken from. `country`: of a country with several, all of them have to suit. */
export const TimeZoneSource = OneOf('lead', 'number', 'country', 'unknown')
export type TimeZoneSource = Static<typeof TimeZoneSource>

/** The proof that it was looked whether a person may be written to or called: at what, when, and what came of it. */
export const ContactCheck = Type.Object({
  channel: ContactChannel,
  purpose: ContactPurpose,
  /** The aggregate that was looked at, and its last event then; 0 where it had none. */
  suppressionId: Type.String(),
  suppressionVersion: Type.Integer({ minimum: 0 }),
  result: OneOf('allowed', 'suppressed', 'quiet'),
  /** The event that closed the way, and why. */
  factId: Nullable(Type.String()),
  reason: Nullable(SuppressionReason),
  /** When to look again. */
  until: Nullable(Timestamp),
  timeZones: Type.Array(Type.String()),
  timeZonesFrom: TimeZoneSource,
  quietHours: QuietHours,
  checkedAt: Timestamp
})
export type ContactCheck = Static<typeof ContactCheck>
