import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf } from '../scalars.ts'
import { FieldMappingProblem, mappingFields } from './field-mapping.ts'

export const FieldMappingChecked = defineEvent({
  type: 'crm-sync.FieldMappingChecked.v1',
  aggregate: 'mapping',
  description:
    "The mapping in force was held against the CRM's fields: somebody asked for it, or it fits other than it did before. While there are problems no lead is written.",
  data: Type.Object({
    ...mappingFields,
    version: Type.Integer({ minimum: 1 }),
    because: OneOf('asked', 'noticed'),
    problems: Type.Array(FieldMappingProblem)
  })
})
