import type { FrozenEvent } from '../frozen-event.ts'
import { handleFrozen } from '../replay/replay-frozen.ts'
import { scrubFrozen } from '../scrub/scrub-event.ts'
import { DERIVED_ID, type Scrubber } from '../scrub/scrubber.ts'

/** Each round finds the ids that follow from those of the round before; chains of Leadlog are three long. */
const MAX_ROUNDS = 8

/**
 * Ids and digests that handlers derive from what was replaced come out differently on the made-up persons. Handles the
 * events both ways, compares step by step, and adds to `derived` which id stands for which, until nothing new is found.
 */
export async function alignIds(
  frozen: readonly FrozenEvent[],
  derived: Map<string, string>,
  scrubberOf: () => Scrubber
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let found = false
    for (const one of frozen) found = (await alignOne(one, derived, scrubberOf())) || found
    if (!found) return
  }
}

async function alignOne(frozen: FrozenEvent, derived: Map<string, string>, scrubber: Scrubber): Promise<boolean> {
  const scrubbed = scrubFrozen(frozen, scrubber)
  let found = false
  for (const [index, handling] of frozen.handlings.entries()) {
    const stand = scrubbed.handlings[index]
    if (!stand) continue
    const [real, madeUp] = await Promise.all([handleFrozen(frozen, handling), handleFrozen(scrubbed, stand)])
    if (!real || !madeUp) continue
    const pairs = [...textPairs(real.loaded, madeUp.loaded), ...textPairs(real.effects, madeUp.effects)]
    for (const [original, made] of pairs) {
      const originals = original.match(DERIVED_ID) ?? []
      const others = made.match(DERIVED_ID) ?? []
      if (originals.length !== others.length) continue
      originals.forEach((id, position) => {
        const other = others[position]
        if (other === undefined || other === scrubber.ids(id)) return
        derived.set(id, other)
        found = true
      })
    }
  }
  return found
}

/** The texts that stand at the same place of two values of one shape. */
function* textPairs(a: unknown, b: unknown): Generator<readonly [string, string]> {
  if (typeof a === 'string' && typeof b === 'string') yield [a, b]
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return
  for (const [key, inner] of Object.entries(a)) yield* textPairs(inner, (b as Readonly<Record<string, unknown>>)[key])
}
