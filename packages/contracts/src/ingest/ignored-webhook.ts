import { Type } from '@sinclair/typebox'
import { AggregateId } from '../scalars.ts'

/** What is said of a webhook that was understood and changes nothing. Its id is the aggregate. */
export const IgnoredWebhook = Type.Object({
  webhookId: AggregateId,
  reason: Type.String({ description: 'stable, for example nothing-new' }),
  detail: Type.String()
})
