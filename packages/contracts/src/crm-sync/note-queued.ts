import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { Lane, recordFields } from './write.ts'

export const NoteQueued = defineEvent({
  type: 'crm-sync.NoteQueued.v1',
  aggregate: 'record',
  description:
    'A note is to be written to the CRM record. One per cause: the same content of the same meeting gives the same note.',
  data: Type.Object({
    ...recordFields,
    noteId: AggregateId,
    lane: Lane,
    kind: OneOf('booking', 'meeting'),
    meetingId: AggregateId,
    title: pii(Type.String()),
    content: pii(Type.String()),
    causeId: Type.String()
  })
})
