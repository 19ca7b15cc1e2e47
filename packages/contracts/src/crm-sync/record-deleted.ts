import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { recordFields } from './write.ts'

export const RecordDeleted = defineEvent({
  type: 'crm-sync.RecordDeleted.v1',
  aggregate: 'record',
  description:
    'The CRM record of an erased person, with its notes, was deleted; or there was none, or it was gone. DRY_RUN: it would have been.',
  data: Type.Object({
    ...recordFields,
    erasureId: AggregateId,
    crmId: Nullable(Type.String()),
    outcome: OneOf('deleted', 'was-gone', 'simulated', 'no-record'),
    httpStatus: Nullable(Type.Integer())
  })
})
