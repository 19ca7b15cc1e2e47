import {
  isEvent,
  NoteQueued,
  NoteWritten,
  OutcomeUnknown,
  RecordWritten,
  WriteRefused,
  WriteSimulated,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TimelineEntry, TimelineKind } from './timeline-entry.ts'

/** What a timeline says of writes and notes. */
export function crmEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, RecordWritten)) {
    const { action, provider, module, fieldNames } = event.data
    const title = action === 'unchanged' ? `${module} already up to date` : `${module} written (${action})`
    return entry(event, 'crm-write', title, fieldNames.join(', '), provider)
  }
  if (isEvent(event, WriteSimulated)) {
    const { kind, provider, fieldNames } = event.data
    const title = kind === 'note' ? 'Note not sent (DRY_RUN)' : 'Record not sent (DRY_RUN)'
    return entry(event, kindOf(kind), title, fieldNames.join(', '), provider)
  }
  if (isEvent(event, WriteRefused)) {
    const { kind, provider, code, field, message } = event.data
    const detail = field === null ? `${code}: ${message}` : `${code}, field ${field}: ${message}`
    return entry(event, kindOf(kind), `Refused by ${provider}`, detail, provider)
  }
  if (isEvent(event, OutcomeUnknown)) {
    const { kind, provider, reason } = event.data
    return entry(event, kindOf(kind), `${provider} gave no answer; it will be looked up`, reason, provider)
  }
  if (isEvent(event, NoteQueued)) {
    const { title, content, provider } = event.data
    return entry(event, 'note', `Note: ${title}`, content, provider)
  }
  if (isEvent(event, NoteWritten)) {
    const { how, provider } = event.data
    const title = how === 'reconciled' ? 'Note found in the CRM' : 'Note written'
    return entry(event, 'note', title, null, provider)
  }
  return null
}

function kindOf(kind: 'record' | 'note'): TimelineKind {
  return kind === 'note' ? 'note' : 'crm-write'
}

function entry(
  event: RecordedEvent,
  kind: TimelineKind,
  title: string,
  detail: string | null,
  source: string
): TimelineEntry {
  return { kind, title, detail: detail === '' ? null : detail, at: event.time, source }
}
