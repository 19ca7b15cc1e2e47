import {
  ContactReleased,
  ContactSuppressed,
  newEvent,
  suppressionReasons,
  type ContactChannel,
  type DataOf,
  type NewEvent,
  type SuppressionReason
} from '@leadlog/contracts'
import type { Suppression } from './suppression.ts'

/** Who is not to be contacted, and on whose word. */
export type SuppressionOrder = Omit<DataOf<typeof ContactSuppressed>, 'suppressionId'>

/** Closes channels; those that are closed for the reason already stay as they are. Pure. */
export function suppress(suppression: Suppression, order: SuppressionOrder): readonly NewEvent[] {
  const channels = order.channels.filter((channel) => !stands(suppression, channel, order.reason))
  return channels.length === 0
    ? []
    : [newEvent(ContactSuppressed, suppression.id, { ...order, suppressionId: suppression.id, channels })]
}

/** Ends reasons, each with an event of its own; what does not stand is left out. Pure. */
export function release(
  suppression: Suppression,
  order: Omit<DataOf<typeof ContactReleased>, 'suppressionId' | 'reason'> & {
    readonly reasons: readonly SuppressionReason[]
  }
): readonly NewEvent[] {
  const { reasons, ...rest } = order
  return suppressionReasons
    .filter((reason) => reasons.includes(reason))
    .flatMap((reason) => {
      const channels = order.channels.filter((channel) => stands(suppression, channel, reason))
      return channels.length === 0
        ? []
        : [newEvent(ContactReleased, suppression.id, { ...rest, suppressionId: suppression.id, channels, reason })]
    })
}

function stands(suppression: Suppression, channel: ContactChannel, reason: SuppressionReason): boolean {
  return suppression.facts.some((fact) => fact.channel === channel && fact.reason === reason)
}
