import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const ZoomConnected = defineEvent({
  type: 'meetings.ZoomConnected.v1',
  aggregate: 'zoom-host',
  description: 'One of our hosts let Leadlog act for them in Zoom. Once per agreement.',
  data: Type.Object({
    hostId: AggregateId,
    email: Type.String({ description: 'of the host, lower case' }),
    zoomUserId: Type.String(),
    scope: Type.String({ description: 'what Leadlog may do, as Zoom writes it' }),
    at: Timestamp
  })
})
