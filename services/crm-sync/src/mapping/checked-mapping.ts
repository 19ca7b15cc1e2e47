import type { CallOptions } from '../crm-provider.ts'
import { uncheckedMapping, type CheckedMapping } from './check-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'

/** Gives the mapping that writes go by. */
export interface MappingSource {
  /**
   * The mapping, held against the CRM's metadata.
   *
   * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem
   */
  current(options: CallOptions): Promise<CheckedMapping>
}

/** The mapping without a check, for a dry run that has no account to read metadata from. */
export function createUncheckedMappingSource(document: MappingDocument, version: number | null = null): MappingSource {
  const mapping = uncheckedMapping(document, version)
  return { current: async () => mapping }
}
