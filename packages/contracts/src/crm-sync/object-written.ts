import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { objectFields } from './object.ts'

export const ObjectWritten = defineEvent({
  type: 'crm-sync.ObjectWritten.v1',
  aggregate: 'object',
  description: 'The CRM holds the state of the object that the covered writes asked for, or already held it.',
  data: Type.Object({
    ...objectFields,
    writeIds: Type.Array(AggregateId),
    crmId: Type.String(),
    action: OneOf('insert', 'update', 'unchanged', 'reconciled'),
    /** CRM API name to value, as sent. */
    values: pii(Type.Record(Type.String(), Type.Unknown())),
    fieldNames: Type.Array(Type.String()),
    /** CRM ids of the records that it was linked to. */
    linkedTo: Type.Record(Type.String(), Type.String()),
    /** Of values and links. */
    digest: Type.String(),
    /** How many changes of the object the values include. */
    revision: Type.Integer({ minimum: 1 }),
    httpStatus: Nullable(Type.Integer()),
    batchSize: Type.Integer({ minimum: 1 }),
    waitedMs: Type.Integer({ minimum: 0, description: 'time spent waiting for the vendor budget' }),
    latencyMs: Type.Integer({ minimum: 0 })
  })
})
