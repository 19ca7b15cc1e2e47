import type { CrmField } from '../crm-provider.ts'

/** Fields change when an administrator changes them; a mistake shows within this time, at 6 calls an hour. */
const FRESH_FOR_MS = 10 * 60_000
/** After a read that failed the next one is this far away, so that writes do not wait for one after another. */
const AGAIN_AFTER_MS = 60_000

interface Entry {
  readonly fields: readonly CrmField[]
  /** When the read that gave them began. */
  readonly readAt: number
  readonly freshUntil: number
}

/**
 * Keeps each module's fields for ten minutes; one read at a time. Where a later read fails the fields read before go
 * on being used: a CRM that is away for a moment does not change its fields. Who asks for younger ones than these is
 * given such, or the error.
 */
export function createFieldCache(
  read: (module: string) => Promise<readonly CrmField[]>,
  now: () => number
): (module: string, maxAgeMs?: number) => Promise<readonly CrmField[]> {
  const entries = new Map<string, Entry>()
  const reads = new Map<string, { readonly began: number; readonly fields: Promise<readonly CrmField[]> }>()

  const readAnew = (module: string): Promise<readonly CrmField[]> => {
    const began = now()
    const reading = { began, fields: refresh(module, began) }
    reads.set(module, reading)
    const done = () => {
      if (reads.get(module) === reading) reads.delete(module)
    }
    reading.fields.then(done, done)
    return reading.fields
  }

  const refresh = async (module: string, readAt: number): Promise<readonly CrmField[]> => {
    const fields = await read(module)
    if ((entries.get(module)?.readAt ?? 0) <= readAt) {
      entries.set(module, { fields, readAt, freshUntil: now() + FRESH_FOR_MS })
    }
    return fields
  }

  const knownAfter = async (module: string, reading: Promise<readonly CrmField[]>) => {
    try {
      return await reading
    } catch (error) {
      const known = entries.get(module)
      if (known === undefined) throw error
      entries.set(module, { ...known, freshUntil: now() + AGAIN_AFTER_MS })
      return known.fields
    }
  }

  return async (module, maxAgeMs) => {
    const known = entries.get(module)
    const reading = reads.get(module)
    if (maxAgeMs !== undefined) {
      const youngEnough = (since: number) => now() - since <= maxAgeMs
      if (known !== undefined && youngEnough(known.readAt)) return known.fields
      return reading !== undefined && youngEnough(reading.began) ? reading.fields : readAnew(module)
    }
    if (known !== undefined && now() < known.freshUntil) return known.fields
    return knownAfter(module, reading?.fields ?? readAnew(module))
  }
}
