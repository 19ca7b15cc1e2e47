import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { replayCounts, replayFields } from './replay.ts'

export const ReplayCompleted = defineEvent({
  type: 'ops.ReplayCompleted.v1',
  aggregate: 'replay',
  description: 'Every message of a replay was given to its handler.',
  data: Type.Object({ ...replayFields, ...replayCounts })
})
