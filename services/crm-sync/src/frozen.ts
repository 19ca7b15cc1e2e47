/** What handling a frozen event again needs of the CRM sync: its reactors' dependencies, none of which calls a CRM here. */
export type { NoteWriter } from './note/note-writer.ts'
export { longestNote } from './note/longest-note.ts'
export type { RecordWriter } from './record/record-writer.ts'
export type { QueueWritesDeps } from './record/queue-writes.reactor.ts'
export type { WriteNotesDeps } from './note/write-notes.reactor.ts'
export type { WriteRecordsDeps } from './record/write-records.reactor.ts'
export { createUncheckedMappingSource } from './mapping/checked-mapping.ts'
export { MappingDocument } from './mapping/mapping-document.ts'
