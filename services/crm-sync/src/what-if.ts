/** What telling the CRM record of a lead needs, under the mapping in force or another one; pure. */
export { crmSyncConfig } from './config.ts'
export type { CrmName } from './crm-provider.ts'
export { domainValuesOf, isErased } from './lead/domain-values.ts'
export { leadStateOf } from './lead/lead-state.ts'
export { uncheckedMapping, type CheckedMapping } from './mapping/check-mapping.ts'
export {
  configuredMapping,
  fieldVariables,
  standardMappings,
  type MappingConfig
} from './mapping/configured-mapping.ts'
export { mappingInForce } from './mapping/mapping-in-force.ts'
export { crmValuesOf } from './mapping/crm-values.ts'
export type { MappingDocument } from './mapping/mapping-document.ts'
export { recordRef, recordStateOf } from './record/record.ts'
export { buildMapping } from './mapping/build-mapping.ts'
export { mappingInvalid } from './mapping/mapping-problem.ts'
export { variableOf, variablePrefixes, withVariables } from './mapping/mapping-variables.ts'
export type { DomainField } from './mapping/domain-field.ts'
