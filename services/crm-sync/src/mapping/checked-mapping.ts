import type { CallOptions, CrmProvider } from '../crm-provider.ts'
import { checkMapping, uncheckedMapping, type CheckedMapping } from './check-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'
import { mappingInvalid } from './mapping-problem.ts'

/** Gives the mapping that writes go by. */
export interface MappingSource {
  /**
   * The mapping, held against the CRM's metadata.
   *
   * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem
   */
  current(options: CallOptions): Promise<CheckedMapping>
}

/** Checks the mapping against the fields of the CRM each time they were read anew; the provider caches them. */
export function createMappingSource(document: MappingDocument, provider: CrmProvider): MappingSource {
  return {
    async current(options) {
      const { mapping, problems } = checkMapping(document, await provider.fieldMetadata(document.module, options))
      if (problems.length > 0) throw mappingInvalid(problems)
      return mapping
    }
  }
}

/** The mapping without a check, for a dry run that has no account to read metadata from. */
export function createUncheckedMappingSource(document: MappingDocument): MappingSource {
  const mapping = uncheckedMapping(document)
  return { current: async () => mapping }
}
