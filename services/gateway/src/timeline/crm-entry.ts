import {
  isEvent,
  NoteQueued,
  NoteWritten,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  OutcomeUnknown,
  RecordWritten,
  WriteRefused,
  WriteSimulated,
  type ObjectValues,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TimelineEntry, TimelineKind } from './timeline-entry.ts'

/** What a timeline says of writes, notes and objects. */
export function crmEntry(event: RecordedEvent): TimelineEntry | null {
  return recordEntry(event) ?? objectEntry(event)
}

function recordEntry(event: RecordedEvent): TimelineEntry | null {
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

function objectEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, ObjectQueued)) {
    const { kind, key, values, provider } = event.data
    // A repetition asks for nothing new; contacts and deals are told of when they are written.
    if (kind !== 'task' || Object.keys(values).length === 0) return null
    const subject = typeof values['subject'] === 'string' ? values['subject'] : key
    return entry(event, 'task', `Task: ${subject}`, taskState(values), provider)
  }
  if (isEvent(event, ObjectWritten)) {
    const { kind, action, provider, fieldNames } = event.data
    const title =
      action === 'unchanged' ? `${capital(kind)} already up to date` : `${capital(kind)} written (${action})`
    return entry(event, 'crm-write', title, fieldNames.join(', '), provider)
  }
  if (isEvent(event, ObjectSimulated)) {
    const { kind, provider, fieldNames } = event.data
    return entry(event, 'crm-write', `${capital(kind)} not sent (DRY_RUN)`, fieldNames.join(', '), provider)
  }
  if (isEvent(event, ObjectRefused)) {
    const { kind, provider, code, message } = event.data
    return entry(event, 'crm-write', `${capital(kind)} refused by ${provider}`, `${code}: ${message}`, provider)
  }
  if (isEvent(event, ObjectOutcomeUnknown)) {
    const { kind, provider, reason } = event.data
    return entry(
      event,
      'crm-write',
      `${provider} gave no answer for the ${kind}; it will be looked up`,
      reason,
      provider
    )
  }
  return null
}

/** What was asked of a task, in words. */
function taskState({ status, dueDate, priority }: ObjectValues): string {
  const parts = [
    typeof status === 'string' && status.replaceAll('-', ' '),
    typeof dueDate === 'string' && `due ${dueDate}`,
    typeof priority === 'string' && `${priority} priority`
  ]
  return parts.filter((part) => part !== false).join(', ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
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
