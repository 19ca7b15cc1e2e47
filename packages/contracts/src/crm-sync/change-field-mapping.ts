import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { WantedChange } from './field-mapping.ts'

/** What a change may be refused with, whichever way the mapping is changed. */
export const mappingRefusals = {
  CRM_SYNC_MAPPING_VERSION: 'the mapping was changed meanwhile; look at the newest version first',
  CRM_SYNC_MAPPING_INVALID: "the mapping would not fit the CRM's fields; each problem is named with what would do",
  CRM_SYNC_MAPPING_SAME: 'nothing would change',
  CRM_SYNC_FIELD_UNKNOWN: 'Leadlog has no field or status of this name',
  CRM_SYNC_FIELD_IS_IDENTITY:
    'records are found by this field, or the CRM insists on it; only the configuration names it'
}

/** The version that was looked at, and why it is changed. */
export const mappingChangeFields = {
  version: Type.Integer({ minimum: 1, description: 'the version that the change was made from' }),
  reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S', description: 'for who reads it later' })
}

export const ChangeFieldMapping = defineCommand({
  service: 'crm-sync',
  name: 'ChangeFieldMapping',
  description:
    "Changes where fields of leads stand in the CRM, once they were held against the CRM's own fields as they are right now. Every process writes by the new version from then on.",
  data: Type.Object(
    { ...mappingChangeFields, changes: Type.Array(WantedChange, { minItems: 1, maxItems: 100 }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ version: Type.Integer() }),
  refusals: mappingRefusals
})
