import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { FieldMapping, MappingChange, mappingFields } from './field-mapping.ts'

export const FieldMappingConfigured = defineEvent({
  type: 'crm-sync.FieldMappingConfigured.v1',
  aggregate: 'mapping',
  description:
    'The CRM sync started with a mapping in its configuration that it had not had before: the first version, or one that leaves alone what people changed.',
  data: Type.Object({
    ...mappingFields,
    version: Type.Integer({ minimum: 1 }),
    configured: FieldMapping,
    mapping: FieldMapping,
    changes: Type.Array(MappingChange)
  })
})
