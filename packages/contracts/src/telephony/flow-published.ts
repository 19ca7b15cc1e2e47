import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { FlowDocument } from './flow-document.ts'

export const FlowPublished = defineEvent({
  type: 'telephony.FlowPublished.v1',
  aggregate: 'flow',
  description: 'New callers go through this version of the flow; calls that run stay in theirs.',
  data: Type.Object({
    flowId: AggregateId,
    /** Counts what was published, from 1. */
    version: Type.Integer({ minimum: 1 }),
    draft: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    document: FlowDocument
  })
})
