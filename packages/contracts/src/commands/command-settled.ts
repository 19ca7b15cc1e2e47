import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf } from '../scalars.ts'

export const CommandSettled = defineEvent({
  type: 'commands.CommandSettled.v1',
  aggregate: 'outcome',
  description:
    'What became of a command: done, refused by the rules, or failed (it is then also a dead letter, and may still be done later). Once per command, and once more after a failure.',
  data: Type.Object({
    commandId: Type.String(),
    service: Type.String(),
    command: Type.String(),
    outcome: OneOf('done', 'refused', 'failed'),
    /** What the command's definition says comes back; null unless done. */
    result: Nullable(Type.Record(Type.String(), Type.Unknown())),
    /** The newest event of EVENTS that it led to: read with `after` to see it; null where it changed nothing. */
    eventSequence: Nullable(Type.Integer({ minimum: 1 })),
    /** Stable; null when done. */
    code: Nullable(Type.String()),
    /** For the person who asked; null when done. */
    message: Nullable(Type.String())
  })
})
