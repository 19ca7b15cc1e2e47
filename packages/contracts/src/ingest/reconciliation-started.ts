import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { reconciliationFields } from './reconciliation.ts'

export const ReconciliationStarted = defineEvent({
  type: 'ingest.ReconciliationStarted.v1',
  aggregate: 'reconciliation',
  description:
    'A comparison of what a provider lists with what came as webhooks began. No other of the source runs until it is completed or its time is over.',
  data: Type.Object({
    ...reconciliationFields,
    endsBy: Timestamp
  })
})
