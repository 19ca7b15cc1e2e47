import type { FrozenEvent } from '../frozen-event.ts'
import { findLeftovers } from '../scrub/leftovers.ts'
import type { PersonalValues } from '../scrub/personal-values.ts'
import { textOf } from './texts.ts'

type FrozenEnvelope = FrozenEvent['event']

const MOST_PLACES = 5

/**
 * Where values were left: by event, never the values themselves, and no deeper than names that Leadlog gave. At most five
 * places; what only stands across two texts has none.
 */
export function whereLeft(
  events: readonly (FrozenEvent | FrozenEnvelope)[],
  left: ReadonlySet<string>,
  personal: PersonalValues
): string[] {
  const holds = (name: string, part: unknown): boolean =>
    findLeftovers(textOf({ [name]: part }), personal).some((value) => left.has(value))
  const placesOf = (one: FrozenEvent | FrozenEnvelope): string[] => {
    const { event, ...beside } = 'event' in one ? one : { event: one }
    const { data, ...envelope } = event
    const names = (prefix: string, parts: object): string[] =>
      Object.entries(parts).flatMap(([name, part]) => (holds(name, part) ? [`${prefix}${name}`] : []))
    const found = [...names('', envelope), ...names('data.', data as object), ...names('frozen ', beside)]
    return found.map((place) => `${place} of ${event.type} ${event.id}`)
  }
  const places = new Set<string>()
  for (const one of events) {
    for (const place of placesOf(one)) places.add(place)
    if (places.size >= MOST_PLACES) break
  }
  return [...places].slice(0, MOST_PLACES)
}
