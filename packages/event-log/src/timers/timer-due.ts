import { defineEvent, Timestamp } from '@leadlog/contracts'
import { Type } from '@sinclair/typebox'

/** What a service finds on `due.<service>.<key>` when a timer's time has come. */
export const TimerDue = defineEvent({
  type: 'ops.TimerDue.v1',
  aggregate: 'timer',
  description: 'The time of a timer has come. Once per service, key and time.',
  data: Type.Object({
    service: Type.String(),
    key: Type.String(),
    dueAt: Timestamp,
    payload: Type.Unknown({ description: 'what the service wants to be told; nothing personal' })
  })
})
