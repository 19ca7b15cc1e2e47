import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

/** Why Leadlog does not act for a host any more. */
export const zoomDisconnectReasons = ['asked-here', 'refused-by-zoom'] as const

export const ZoomDisconnected = defineEvent({
  type: 'meetings.ZoomDisconnected.v1',
  aggregate: 'zoom-host',
  description:
    'Leadlog does not act for the host in Zoom any more: somebody asked for that here, or Zoom does not know the permission any more. Once per connection.',
  data: Type.Object({
    hostId: AggregateId,
    email: Type.String(),
    because: Type.Union(zoomDisconnectReasons.map((reason) => Type.Literal(reason))),
    at: Timestamp
  })
})
