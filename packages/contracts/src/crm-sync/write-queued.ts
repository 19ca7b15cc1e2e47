import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { Lane, recordFields } from './write.ts'

export const WriteQueued = defineEvent({
  type: 'crm-sync.WriteQueued.v1',
  aggregate: 'record',
  description:
    'Something changed that the CRM record must show. Waiting writes of one record become one call with the newest state.',
  data: Type.Object({
    ...recordFields,
    writeId: AggregateId,
    lane: Lane,
    /** The lead event(s) with this causation made the write necessary. */
    causeId: Type.String()
  })
})
