import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable } from '../scalars.ts'
import { WorkFigures, workFields } from './work.ts'

export const WorkStarted = defineEvent({
  type: 'operations.WorkStarted.v1',
  aggregate: 'work',
  description:
    'An operator started something that takes a while: trying dead letters again, a rebuild, a what-if, or putting its result into force. Once per work.',
  data: Type.Object({
    ...workFields,
    /** What it is about: a kind of failure, read models, a what-if. */
    about: Type.Array(Type.String()),
    /** Why, in the operator's words; free of personal data. */
    description: Nullable(Type.String()),
    /** Exactly what was asked for, so that any process can do it or go on with it. */
    order: WorkFigures
  })
})
