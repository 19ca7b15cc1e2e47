import { Type } from '@sinclair/typebox'
import { AggregateId, OneOf, Timestamp } from '../scalars.ts'

/** What every event of a reconciliation says: which source is compared with the log, and over which time. */
export const reconciliationFields = {
  runId: AggregateId,
  source: Type.String({ description: 'provider of the webhooks, for example calendly' }),
  from: Timestamp,
  to: Timestamp,
  trigger: OneOf('schedule', 'command'),
  startedAt: Timestamp
}

/** What a reconciliation found, in numbers. */
export const reconciliationCounts = {
  listed: Type.Integer({ minimum: 0, description: 'known + ingested + failed: what the provider says happened' }),
  known: Type.Integer({ minimum: 0, description: 'had come as a webhook, or was pulled before' }),
  ingested: Type.Integer({ minimum: 0, description: 'had not come: a webhook was lost' }),
  failed: Type.Integer({ minimum: 0, description: 'had not come and could not be ingested' })
}
