import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { costFields } from './cost.ts'

export const CostRecorded = defineEvent({
  type: 'billing.CostRecorded.v1',
  aggregate: 'cost',
  description: 'Something that we use was charged: a language model, a call, a message, a transcription. Once per use.',
  data: Type.Object(costFields)
})
