import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { seededShuffle, seededUnit } from '../seeded.ts'
import type { Delivery } from '../sample-day/delivery.ts'

const Share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))

/** How a sender misbehaves: shares of the deliveries, decided by the seed and the delivery's name. */
export const Misbehaviour = Type.Object(
  {
    seed: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    reorder: Type.Optional(Type.Boolean({ description: 'In an order that the seed decides.' })),
    duplicate: Share('Sent twice.'),
    late: Share('Sent after all others, an hour of schedule later.'),
    drop: Share('Never sent.'),
    badSignature: Share('Signed with another key; ingest refuses it, so the vendor retries it with the right one.'),
    staleTimestamp: Share('Signed an hour ago; likewise.')
  },
  { additionalProperties: false }
)

export type Misbehaviour = Static<typeof Misbehaviour>

export type DeliveryMode = 'late' | 'bad-signature' | 'stale-timestamp' | 'duplicate'

/** A delivery and in which ways it goes wrong. */
export interface PlannedDelivery {
  delivery: Delivery
  modes: DeliveryMode[]
}

/** Decides what happens to each delivery; the same misbehaviour of the same deliveries is the same plan. */
export const planDeliveries = (deliveries: readonly Delivery[], how: Misbehaviour): PlannedDelivery[] => {
  const seed = how.seed ?? 'leadlog'
  const ordered = how.reorder === true ? seededShuffle(deliveries, seed) : deliveries
  return ordered.flatMap((delivery): PlannedDelivery[] => {
    const hit = (share: number | undefined, what: string): boolean =>
      seededUnit(seed, delivery.name, what) < (share ?? 0)
    if (hit(how.drop, 'drop')) return []
    const modes: DeliveryMode[] = [
      ...(hit(how.late, 'late') ? (['late'] as const) : []),
      ...(hit(how.badSignature, 'bad signature') ? (['bad-signature'] as const) : []),
      ...(hit(how.staleTimestamp, 'stale timestamp') ? (['stale-timestamp'] as const) : [])
    ]
    const once: PlannedDelivery = { delivery, modes }
    return hit(how.duplicate, 'duplicate') ? [once, { delivery, modes: ['duplicate'] }] : [once]
  })
}
