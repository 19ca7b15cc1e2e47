import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { workFields } from './work.ts'

export const WorkCancelled = defineEvent({
  type: 'operations.WorkCancelled.v1',
  aggregate: 'work',
  description: 'An operator asked to stop something that was under way; when it stands still follows. Once per work.',
  data: Type.Object(workFields)
})
