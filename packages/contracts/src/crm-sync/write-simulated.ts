import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { MappingVersion, recordFields } from './write.ts'

export const WriteSimulated = defineEvent({
  type: 'crm-sync.WriteSimulated.v1',
  aggregate: 'record',
  description: 'DRY_RUN: what would have been written to the CRM. Nothing was sent.',
  data: Type.Object({
    ...recordFields,
    writeIds: Type.Array(AggregateId),
    kind: OneOf('record', 'note'),
    values: pii(Type.Record(Type.String(), Type.Unknown())),
    fieldNames: Type.Array(Type.String()),
    mappingVersion: MappingVersion
  })
})
