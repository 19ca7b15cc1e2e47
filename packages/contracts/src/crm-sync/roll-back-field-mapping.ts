import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { mappingChangeFields, mappingRefusals } from './change-field-mapping.ts'

export const RollBackFieldMapping = defineCommand({
  service: 'crm-sync',
  name: 'RollBackFieldMapping',
  description: 'Makes an earlier version of the field mapping the newest one, if it still fits the CRM.',
  data: Type.Object(
    { ...mappingChangeFields, to: Type.Integer({ minimum: 1, description: 'the version to go back to' }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ version: Type.Integer() }),
  refusals: { ...mappingRefusals, CRM_SYNC_MAPPING_VERSION_UNKNOWN: 'there was no such version' }
})
