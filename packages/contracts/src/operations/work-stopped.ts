import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf } from '../scalars.ts'
import { WorkFigures, workFields } from './work.ts'

export const WorkStopped = defineEvent({
  type: 'operations.WorkStopped.v1',
  aggregate: 'work',
  description:
    'What an operator started ended early: it was cancelled, or it failed and says why. What it had done so far stays. Once per work.',
  data: Type.Object({
    ...workFields,
    because: OneOf('cancelled', 'failed'),
    code: Nullable(Type.String()),
    message: Nullable(Type.String()),
    result: Nullable(WorkFigures)
  })
})
