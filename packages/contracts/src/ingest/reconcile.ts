import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { reconciliationCounts } from './reconciliation.ts'

export const Reconcile = defineCommand({
  service: 'ingest',
  name: 'Reconcile',
  description:
    'Compares what a provider lists for a time with what came as webhooks, and ingests what was lost. Safe at any time and any number of times.',
  data: Type.Object(
    {
      source: Type.String({ minLength: 1, maxLength: 50, description: 'calendly or readai' }),
      from: Type.Optional(Timestamp),
      to: Type.Optional(Timestamp),
      dryRun: Type.Optional(Type.Boolean({ description: 'only says what is missing' }))
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    runId: Nullable(Type.String({ description: 'null for a dry run' })),
    from: Timestamp,
    to: Timestamp,
    complete: Type.Boolean({ description: 'false: the provider was not listed to the end; problem says why' }),
    ...reconciliationCounts,
    missing: Type.Array(Type.String(), {
      description: 'ids of the webhooks that were ingested, for a dry run what they are about; the first thousand'
    }),
    problem: Nullable(Type.Object({ code: Type.String(), message: Type.String() }))
  }),
  refusals: {
    INGEST_RECONCILIATION_RUNS: 'another reconciliation of the source is under way',
    INGEST_RECONCILIATION_NOT_CONFIGURED: 'the source is none whose API can be asked, or its token is not set',
    INGEST_RECONCILIATION_WINDOW: 'the time is empty, or before what INGEST remembers'
  }
})
