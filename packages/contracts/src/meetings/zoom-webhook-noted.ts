import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'

export const ZoomWebhookNoted = defineEvent({
  type: 'meetings.ZoomWebhookNoted.v1',
  aggregate: 'zoom-room',
  description:
    'A webhook of Zoom names this meeting number: for which meeting it was taken, or that it waits for a booking to become known. Again where it turns out to be of another meeting. It holds nothing of what the webhook says.',
  data: Type.Object({
    roomId: AggregateId,
    webhookId: Type.String(),
    uuid: Type.String(),
    startedAt: Timestamp,
    meetingId: Nullable(AggregateId),
    personId: Nullable(PersonId)
  })
})
