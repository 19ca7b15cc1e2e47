import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { redriveFields } from './redrive.ts'

export const RedriveStarted = defineEvent({
  type: 'ops.RedriveStarted.v1',
  aggregate: 'redrive',
  description:
    'An operator began to try a group of dead letters again, or went on with it. Once per beginning; the letters that are tried have events of their own.',
  data: Type.Object({ ...redriveFields, canaries: Type.Integer({ minimum: 0 }) })
})
