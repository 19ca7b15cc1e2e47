import { readFileSync } from 'node:fs'
import type { CrmSyncConfig } from '../config.ts'
import type { CrmName } from '../crm-provider.ts'
import { buildMapping, type MappingSettings } from './build-mapping.ts'
import { hubspotMapping } from './hubspot-mapping.ts'
import type { MappingDocument } from './mapping-document.ts'
import { mappingInvalid } from './mapping-problem.ts'
import { zohoMapping } from './zoho-mapping.ts'

/** The mapping of each CRM before any setting. */
export const standardMappings: Record<CrmName, MappingDocument> = { zoho: zohoMapping, hubspot: hubspotMapping }

/** The settings that the mapping follows from. */
export type MappingConfig = Pick<
  CrmSyncConfig,
  | 'crmProvider'
  | 'mappingFile'
  | 'zohoFieldNames'
  | 'hubspotFieldNames'
  | 'statusDemoBooked'
  | 'statusDemoComplete'
  | 'statusDemoCanceled'
  | 'statusDemoNoShow'
>

/**
 * The mapping that the configuration amounts to, for the CRM that it names.
 *
 * @param instead a document and variables that take the place of those in force, for trying them out
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem
 */
export function configuredMapping(
  config: MappingConfig,
  instead: Pick<MappingSettings, 'document' | 'variables'> = {}
): MappingDocument {
  const file = config.mappingFile
  const { document, problems } = buildMapping(standardMappings[config.crmProvider], {
    ...(file === undefined ? {} : { document: JSON.parse(readFileSync(file, 'utf8')) as unknown }),
    statuses: {
      'demo-booked': config.statusDemoBooked,
      'demo-complete': config.statusDemoComplete,
      'demo-canceled': config.statusDemoCanceled,
      'demo-no-show': config.statusDemoNoShow
    },
    variables: fieldVariables(config),
    ...instead
  })
  if (problems.length > 0) throw mappingInvalid(problems)
  return document
}

/** The variables that rename the fields of the CRM in use. */
export function fieldVariables(
  config: Pick<MappingConfig, 'crmProvider' | 'zohoFieldNames' | 'hubspotFieldNames'>
): Readonly<Record<string, string>> {
  return { zoho: config.zohoFieldNames, hubspot: config.hubspotFieldNames }[config.crmProvider]
}
