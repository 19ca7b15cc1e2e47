import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, OneOf } from '../scalars.ts'
import { recordFields } from './write.ts'

export const NoteWritten = defineEvent({
  type: 'crm-sync.NoteWritten.v1',
  aggregate: 'record',
  description: 'The CRM record holds the note.',
  data: Type.Object({
    ...recordFields,
    noteId: AggregateId,
    crmId: Type.String(),
    crmNoteId: Type.String(),
    how: OneOf('written', 'reconciled'),
    httpStatus: Nullable(Type.Integer()),
    waitedMs: Type.Integer({ minimum: 0 }),
    latencyMs: Type.Integer({ minimum: 0 })
  })
})
