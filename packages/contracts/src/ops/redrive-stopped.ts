import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, OneOf } from '../scalars.ts'
import { redriveCounts, redriveFields } from './redrive.ts'

export const RedriveStopped = defineEvent({
  type: 'ops.RedriveStopped.v1',
  aggregate: 'redrive',
  description:
    'Trying a group of dead letters again ended early: a failure came a second time, the service did not answer, or the operator stopped it. The same run can be gone on with.',
  data: Type.Object({
    ...redriveFields,
    ...redriveCounts,
    phase: OneOf('simulate', 'canary', 'rest'),
    because: OneOf('same-failure', 'no-answer', 'aborted'),
    /** The dead letter at which it stopped. */
    deadLetterId: Nullable(Type.String()),
    code: Nullable(Type.String()),
    message: Nullable(Type.String())
  })
})
