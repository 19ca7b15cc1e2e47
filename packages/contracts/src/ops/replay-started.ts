import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { replayFields } from './replay.ts'

export const ReplayStarted = defineEvent({
  type: 'ops.ReplayStarted.v1',
  aggregate: 'replay',
  description: 'An operator began to give messages to their handler once more. Once per run.',
  data: Type.Object(replayFields)
})
