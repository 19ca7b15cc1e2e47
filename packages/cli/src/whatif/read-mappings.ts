import { configuredMapping, crmSyncConfig, fieldVariables, uncheckedMapping } from '@leadlog/crm-sync/what-if'
import { loadConfig, type Environment } from '@leadlog/service'
import type { MappingVariant, Mappings } from '@leadlog/whatif'

/**
 * The mapping in force, as the CRM sync is configured, and the one to try out. The CRM itself is not asked: that its
 * fields are there is checked when the mapping is put into force.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem of the mapping to try out
 */
export function readMappings(environment: Environment, variant: MappingVariant | null): Mappings {
  const config = loadConfig(crmSyncConfig, environment)
  const is = uncheckedMapping(configuredMapping(config))
  if (variant === null) return { is, wouldBe: is }
  const instead = {
    ...(variant.document === null ? {} : { document: variant.document }),
    variables: { ...fieldVariables(config), ...variant.variables }
  }
  return { is, wouldBe: uncheckedMapping(configuredMapping(config, instead)) }
}
