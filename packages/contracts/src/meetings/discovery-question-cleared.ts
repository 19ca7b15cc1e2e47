import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { discoveryQuestionFields } from './discovery-question-ticked.ts'

export const DiscoveryQuestionCleared = defineEvent({
  type: 'meetings.DiscoveryQuestionCleared.v1',
  aggregate: 'meeting',
  description: 'A discovery question that was ticked was not asked after all.',
  data: Type.Object(discoveryQuestionFields)
})
