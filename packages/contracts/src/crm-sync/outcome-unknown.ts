import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { recordFields } from './write.ts'

export const OutcomeUnknown = defineEvent({
  type: 'crm-sync.OutcomeUnknown.v1',
  aggregate: 'record',
  description:
    'A call to the CRM ended without an answer: it may or may not have been done. It is looked up before it is tried again.',
  data: Type.Object({
    ...recordFields,
    writeIds: Type.Array(AggregateId),
    kind: OneOf('record', 'note'),
    effectKey: Type.String(),
    reason: Type.String()
  })
})
