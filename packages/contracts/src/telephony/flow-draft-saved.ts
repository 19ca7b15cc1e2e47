import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { FlowDocument } from './flow-document.ts'

export const FlowDraftSaved = defineEvent({
  type: 'telephony.FlowDraftSaved.v1',
  aggregate: 'flow',
  description: 'Somebody saved a draft of a call flow. Callers still go through what was published last.',
  data: Type.Object({
    flowId: AggregateId,
    /** Counts the drafts of the flow, from 1. */
    draft: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    document: FlowDocument
  })
})
