import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf } from '../scalars.ts'
import { replayCounts, replayFields } from './replay.ts'

export const ReplayStopped = defineEvent({
  type: 'ops.ReplayStopped.v1',
  aggregate: 'replay',
  description:
    'A replay ended early: a message failed, the service did not answer, or the operator stopped it. Another run can begin where it stopped.',
  data: Type.Object({
    ...replayFields,
    ...replayCounts,
    because: OneOf('failure', 'no-answer', 'aborted'),
    /** The first message that is left. */
    atSequence: Nullable(Type.Integer({ minimum: 0 })),
    code: Nullable(Type.String()),
    message: Nullable(Type.String())
  })
})
