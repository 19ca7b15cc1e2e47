import {
  configuredMapping,
  crmSyncConfig,
  mappingInForce,
  mappingInvalid,
  standardMappings,
  uncheckedMapping,
  withVariables,
  type MappingDocument
} from '@leadlog/crm-sync/what-if'
import type { EventLog } from '@leadlog/event-log'
import { loadConfig, type Environment } from '@leadlog/service'
import type { Mappings } from '../compare/compare-lead.ts'
import type { MappingVariant } from '../variant/variant.ts'

/**
 * The mapping in force, as the log has it, and the one to try out. The CRM itself is not asked: that its fields are
 * there is checked when the mapping is put into force.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem of the mapping to try out
 */
export async function readMappings(
  log: Pick<EventLog, 'load'>,
  environment: Environment,
  variant: MappingVariant | null
): Promise<Mappings> {
  const config = loadConfig(crmSyncConfig, environment)
  const document = await mappingInForce(log, configuredMapping(config))
  const is = uncheckedMapping(document)
  if (variant === null) return { is, wouldBe: is }
  const tried =
    variant.document === null ? document : configuredMapping(config, { document: variant.document, variables: {} })
  return { is, wouldBe: uncheckedMapping(withTriedVariables(tried, variant.variables)) }
}

/** Variables name fields that are switched off now, too. */
function withTriedVariables(document: MappingDocument, variables: Readonly<Record<string, string>>): MappingDocument {
  const standard = standardMappings[document.provider].fields
  const [inForce, usual] = [
    withVariables(document, variables),
    withVariables({ ...document, fields: standard }, variables)
  ]
  if (inForce.problems.length > 0) throw mappingInvalid(inForce.problems)
  const places = new Map(inForce.document.fields.map((place) => [place.field, place]))
  const before = new Map(standard.map(({ field, apiName }) => [field, apiName]))
  const named = usual.document.fields.filter(({ field, apiName }) => before.get(field) !== apiName)
  for (const place of named) if (!places.has(place.field)) places.set(place.field, place)
  return { ...document, fields: [...places.values()] }
}
