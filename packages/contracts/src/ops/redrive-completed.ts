import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { redriveCounts, redriveFields } from './redrive.ts'

export const RedriveCompleted = defineEvent({
  type: 'ops.RedriveCompleted.v1',
  aggregate: 'redrive',
  description: 'Every dead letter of a group was tried again; those that failed in a new way stay open.',
  data: Type.Object({ ...redriveFields, ...redriveCounts })
})
