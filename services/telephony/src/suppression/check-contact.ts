import type { ContactChannel, ContactCheck, ContactPurpose, QuietHours } from '@leadlog/contracts'
import { mayContact } from './may-contact.ts'
import type { RecipientTimeZones } from './recipient-time-zones.ts'
import type { Suppression } from './suppression.ts'

/** Looks whether somebody may be contacted, and gives what was looked at with what came of it, as it is kept. Pure. */
export function checkContact(about: {
  readonly suppression: Suppression
  readonly channel: ContactChannel
  readonly purpose: ContactPurpose
  readonly now: Date
  readonly zones: RecipientTimeZones
  readonly quietHours: QuietHours
}): ContactCheck {
  const { suppression, channel, purpose, now, zones, quietHours } = about
  const { timeZones, from } = zones
  const verdict = mayContact({ suppression, channel, purpose, now, timeZones, quietHours })
  return {
    channel,
    purpose,
    suppressionId: suppression.id,
    suppressionVersion: suppression.version,
    result: verdict.result,
    factId: verdict.result === 'suppressed' ? verdict.factId : null,
    reason: verdict.result === 'suppressed' ? verdict.reason : null,
    until: verdict.result === 'quiet' ? verdict.until.toISOString() : null,
    timeZones: [...timeZones],
    timeZonesFrom: from,
    quietHours,
    checkedAt: now.toISOString()
  }
}
