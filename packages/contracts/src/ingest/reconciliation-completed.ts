import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'
import { reconciliationCounts, reconciliationFields } from './reconciliation.ts'

export const ReconciliationCompleted = defineEvent({
  type: 'ingest.ReconciliationCompleted.v1',
  aggregate: 'reconciliation',
  description:
    'What a provider lists for a time was compared with what came as webhooks, and what had not come was ingested. Once per run, also for one that could not see everything.',
  data: Type.Object({
    ...reconciliationFields,
    completedAt: Timestamp,
    complete: Type.Boolean({ description: 'false: the provider was not listed to the end; problem says why' }),
    ...reconciliationCounts,
    days: Type.Array(
      Type.Object({
        day: Type.String({ description: 'UTC, YYYY-MM-DD, on which it happened' }),
        ...reconciliationCounts
      })
    ),
    ingestedIds: Type.Array(AggregateId, { description: 'ids of the webhooks that were missing' }),
    failures: Type.Array(
      Type.Object({ eventType: Type.String(), externalId: Type.String(), code: Type.String(), message: Type.String() }),
      { description: 'the first hundred' }
    ),
    problem: Nullable(Type.Object({ code: Type.String(), message: Type.String() }))
  })
})
