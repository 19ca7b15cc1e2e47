import { PermanentError } from '@leadlog/contracts'
import type { MappingSource } from './checked-mapping.ts'
import { MAPPING_INVALID } from './mapping-problem.ts'

/** A person waits for the process to start. */
const START_LANE = 'person'

/**
 * Checks the mapping against the CRM when the process starts. Gives the reason where it could not be checked: a CRM
 * that is away, or that refuses the connection, is a matter of readiness and not of the mapping.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem
 */
export async function verifyMapping(
  source: MappingSource
): Promise<{ checked: true } | { checked: false; because: string }> {
  try {
    await source.current({ lane: START_LANE })
    return { checked: true }
  } catch (error) {
    if (error instanceof PermanentError && error.code === MAPPING_INVALID) throw error
    return { checked: false, because: error instanceof Error ? error.message : String(error) }
  }
}
