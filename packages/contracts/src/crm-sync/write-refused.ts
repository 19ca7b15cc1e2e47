import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { MappingVersion, recordFields } from './write.ts'

export const WriteRefused = defineEvent({
  type: 'crm-sync.WriteRefused.v1',
  aggregate: 'record',
  description:
    'The CRM refused a write for good, with its reason. It is parked as a dead letter until an operator mends it.',
  data: Type.Object({
    ...recordFields,
    writeIds: Type.Array(AggregateId),
    kind: OneOf('record', 'note'),
    code: Type.String(),
    field: Nullable(Type.String()),
    message: Type.String(),
    httpStatus: Nullable(Type.Integer()),
    mappingVersion: MappingVersion
  })
})
