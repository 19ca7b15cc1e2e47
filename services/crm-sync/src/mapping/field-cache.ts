import type { CrmField } from '../crm-provider.ts'

/** Fields change when an administrator changes them; a mistake shows within this time, at 6 calls an hour. */
const FRESH_FOR_MS = 10 * 60_000
/** After a read that failed the next one is this far away, so that writes do not wait for one after another. */
const AGAIN_AFTER_MS = 60_000

interface Entry {
  readonly fields: readonly CrmField[]
  readonly freshUntil: number
}

/**
 * Keeps each module's fields for ten minutes; one read at a time. Where a later read fails the fields read before go
 * on being used: a CRM that is away for a moment does not change its fields.
 */
export function createFieldCache(
  read: (module: string) => Promise<readonly CrmField[]>,
  now: () => number
): (module: string) => Promise<readonly CrmField[]> {
  const entries = new Map<string, Entry>()
  const reads = new Map<string, Promise<readonly CrmField[]>>()

  const refresh = async (module: string): Promise<readonly CrmField[]> => {
    try {
      const fields = await read(module)
      entries.set(module, { fields, freshUntil: now() + FRESH_FOR_MS })
      return fields
    } catch (error) {
      const known = entries.get(module)
      if (known === undefined) throw error
      entries.set(module, { ...known, freshUntil: now() + AGAIN_AFTER_MS })
      return known.fields
    } finally {
      reads.delete(module)
    }
  }

  return async (module) => {
    const known = entries.get(module)
    if (known !== undefined && now() < known.freshUntil) return known.fields
    const reading = reads.get(module) ?? refresh(module)
    reads.set(module, reading)
    return reading
  }
}
