import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { WorkFigures, workFields } from './work.ts'

export const WorkCompleted = defineEvent({
  type: 'operations.WorkCompleted.v1',
  aggregate: 'work',
  description: 'What an operator started came to its end. Once per work.',
  data: Type.Object({ ...workFields, result: WorkFigures })
})
