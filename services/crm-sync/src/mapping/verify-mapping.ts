import type { MappingSource } from './checked-mapping.ts'

/** A person waits for the process to start. */
const START_LANE = 'person'

/**
 * Checks the mapping in force against the CRM. Gives the reason where it does not fit, or could not be checked: neither
 * keeps the process from starting, since a mapping is mended by a command to it.
 */
export async function verifyMapping(
  source: MappingSource
): Promise<{ checked: true } | { checked: false; because: string }> {
  try {
    await source.current({ lane: START_LANE })
    return { checked: true }
  } catch (error) {
    return { checked: false, because: error instanceof Error ? error.message : String(error) }
  }
}
