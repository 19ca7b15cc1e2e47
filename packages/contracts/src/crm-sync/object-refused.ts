import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable } from '../scalars.ts'
import { objectFields } from './object.ts'

export const ObjectRefused = defineEvent({
  type: 'crm-sync.ObjectRefused.v1',
  aggregate: 'object',
  description:
    'The object cannot be written as it is: the CRM, or a check against its own lists, refused it with a reason. It is parked as a dead letter until somebody mends it.',
  data: Type.Object({
    ...objectFields,
    writeIds: Type.Array(AggregateId),
    code: Type.String(),
    field: Nullable(Type.String()),
    message: Type.String(),
    httpStatus: Nullable(Type.Integer())
  })
})
