import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { objectFields } from './object.ts'

export const ObjectOutcomeUnknown = defineEvent({
  type: 'crm-sync.ObjectOutcomeUnknown.v1',
  aggregate: 'object',
  description:
    'A call for the object ended without an answer: it may or may not have been done. The object is found again by its key.',
  data: Type.Object({
    ...objectFields,
    writeIds: Type.Array(AggregateId),
    effectKey: Type.String(),
    reason: Type.String()
  })
})
