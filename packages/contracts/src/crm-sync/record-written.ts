import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { MappingVersion, recordFields } from './write.ts'

export const RecordWritten = defineEvent({
  type: 'crm-sync.RecordWritten.v1',
  aggregate: 'record',
  description: 'The CRM holds the state of the lead that the covered writes asked for, or already held it.',
  data: Type.Object({
    ...recordFields,
    writeIds: Type.Array(AggregateId),
    crmId: Type.String(),
    action: OneOf('insert', 'update', 'unchanged', 'reconciled'),
    /** CRM API name to value, as sent. */
    values: pii(Type.Record(Type.String(), Type.Unknown())),
    fieldNames: Type.Array(Type.String()),
    valuesDigest: Type.String(),
    /** Sequence of the newest lead event that the values include. */
    leadSequence: Type.Integer({ minimum: 0 }),
    mappingVersion: MappingVersion,
    httpStatus: Nullable(Type.Integer()),
    batchSize: Type.Integer({ minimum: 1 }),
    waitedMs: Type.Integer({ minimum: 0, description: 'time spent waiting for the vendor budget' }),
    latencyMs: Type.Integer({ minimum: 0 })
  })
})
