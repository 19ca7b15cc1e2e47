import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable } from '../scalars.ts'
import { FieldMapping, MappingChange, mappingFields } from './field-mapping.ts'

export const FieldMappingChanged = defineEvent({
  type: 'crm-sync.FieldMappingChanged.v1',
  aggregate: 'mapping',
  description: 'Somebody changed where fields stand in the CRM, or went back to an earlier version. Once a version.',
  data: Type.Object({
    ...mappingFields,
    version: Type.Integer({ minimum: 2 }),
    mapping: FieldMapping,
    changes: Type.Array(MappingChange),
    reason: Type.String(),
    restores: Nullable(Type.Integer({ minimum: 1, description: 'the version that was gone back to' })),
    checked: Type.Boolean({ description: 'false: there was no account whose fields could be asked' })
  })
})
