import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId } from '../scalars.ts'
import { objectFields } from './object.ts'

export const ObjectSimulated = defineEvent({
  type: 'crm-sync.ObjectSimulated.v1',
  aggregate: 'object',
  description: 'DRY_RUN: what would have been written of the object. Nothing was sent.',
  data: Type.Object({
    ...objectFields,
    writeIds: Type.Array(AggregateId),
    values: pii(Type.Record(Type.String(), Type.Unknown())),
    fieldNames: Type.Array(Type.String())
  })
})
