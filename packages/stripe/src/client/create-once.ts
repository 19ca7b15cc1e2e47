import { isReplay } from './refusal.ts'

/** Beyond this Stripe has been failing for days. */
const MOST_KEYS = 20

/**
 * Creates something at Stripe under an idempotency key of ours. Stripe repeats its first answer to a key, a failure too, for a
 * day at least; so a key whose answer is a failure for good is followed by the next, but only after a look that did not find
 * what the failed call may have made. Run again after any crash it goes the same way.
 *
 * @throws what `create` throws for the key that is not used up
 */
export async function createOnce<Made>(
  key: string,
  parts: { find: () => Promise<Made | null>; create: (key: string) => Promise<Made> }
): Promise<Made> {
  for (let number = 1; ; number++) {
    try {
      return await parts.create(number === 1 ? key : `${key}:${number}`)
    } catch (error) {
      if (!isReplay(error) || number === MOST_KEYS) throw error
      const found = await parts.find()
      if (found !== null) return found
    }
  }
}
