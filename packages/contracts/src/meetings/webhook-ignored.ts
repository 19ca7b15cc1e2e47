import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const WebhookIgnored = defineEvent({
  type: 'meetings.WebhookIgnored.v1',
  aggregate: 'webhook',
  description: 'A webhook was understood and changes nothing, with the reason. Its id is the aggregate.',
  data: Type.Object({
    webhookId: AggregateId,
    reason: Type.String({ description: 'stable, for example meeting-too-short' }),
    detail: Type.String()
  })
})
