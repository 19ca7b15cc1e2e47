import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { objectFields } from './object.ts'

export const ObjectDeleted = defineEvent({
  type: 'crm-sync.ObjectDeleted.v1',
  aggregate: 'object',
  description:
    'A contact, a deal or a task of an erased person was deleted from the CRM, or was gone. DRY_RUN: it would have been.',
  data: Type.Object({
    ...objectFields,
    erasureId: AggregateId,
    crmId: Type.String(),
    outcome: OneOf('deleted', 'was-gone', 'simulated'),
    httpStatus: Nullable(Type.Integer())
  })
})
