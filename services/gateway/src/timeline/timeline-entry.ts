import {
  AlertSent,
  DeadLettered,
  ExtractionRejected,
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadDetailsEntered,
  LeadEnriched,
  LeadIntelExtracted,
  LeadStatusChanged,
  MeddicExtracted,
  OneOf,
  type RecordedEvent
} from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import { callEntry } from './call-entry.ts'
import { crmEntry } from './crm-entry.ts'
import { invoiceEntry } from './invoice-entry.ts'
import { meetingEntry } from './meeting-entry.ts'
import { smsEntry } from './sms-entry.ts'

export const TIMELINE_KINDS = [
  'lead',
  'meeting',
  'call',
  'sms',
  'invoice',
  'status',
  'extraction',
  'enrichment',
  'crm-write',
  'note',
  'task',
  'failure',
  'alert'
] as const
export const TimelineKind = OneOf(...TIMELINE_KINDS)
export type TimelineKind = Static<typeof TimelineKind>

/** What a timeline says of one event. */
export interface TimelineEntry {
  readonly kind: TimelineKind
  readonly title: string
  readonly detail: string | null
  /** Own time of the fact where it has one, else when it was recorded. */
  readonly at: string
  /** Who says so: a provider, a model, the CRM, or a service. */
  readonly source: string
}

/** The entry of an event; null for one that a timeline does not tell of. Pure. */
export function entryOf(event: RecordedEvent): TimelineEntry | null {
  return (
    leadEntry(event) ??
    meetingEntry(event) ??
    callEntry(event) ??
    smsEntry(event) ??
    invoiceEntry(event) ??
    extractionEntry(event) ??
    crmEntry(event) ??
    troubleEntry(event)
  )
}

function leadEntry(event: RecordedEvent): TimelineEntry | null {
  const source = serviceOf(event)
  if (isEvent(event, LeadCaptured)) {
    const { customer, origin, capturedAt } = event.data
    return {
      kind: 'lead',
      title: 'Became a lead',
      detail: `${customer.name ?? customer.email}, first seen by ${origin}`,
      at: capturedAt,
      source: origin
    }
  }
  if (isEvent(event, LeadDetailsChanged)) {
    const { customer } = event.data
    const known = [customer.name, customer.email, customer.phone, customer.timezone].filter((part) => part !== null)
    return { kind: 'lead', title: 'Details known better', detail: known.join(', '), at: event.time, source }
  }
  if (isEvent(event, LeadDetailsEntered)) {
    const { company, note, source: from, enteredAt } = event.data
    const detail = [company, note].filter((part) => part !== null && part !== '').join(': ')
    return { kind: 'lead', title: `Entered by hand (${from})`, detail: detail || null, at: enteredAt, source: 'manual' }
  }
  if (isEvent(event, LeadStatusChanged)) {
    const { from, to, decidedByFactAt } = event.data
    return {
      kind: 'status',
      title: `Status ${to}`,
      detail: `before: ${from}`,
      at: decidedByFactAt ?? event.time,
      source
    }
  }
  if (isEvent(event, LeadDemoDateChanged)) {
    const { startsAt, timezone, source: by } = event.data
    return { kind: 'status', title: `Demo date ${startsAt}`, detail: timezone, at: event.time, source: by }
  }
  if (isEvent(event, LeadEnriched)) {
    const { fields, provider } = event.data
    const names = fields.map(({ field }) => field).join(', ')
    const title = fields.length === 1 ? '1 field taken over' : `${fields.length} fields taken over`
    return { kind: 'enrichment', title, detail: names === '' ? null : names, at: event.time, source: provider }
  }
  return null
}

function extractionEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, LeadIntelExtracted)) {
    const { intel, call } = event.data
    const detail = intel.summary === '' ? null : intel.summary
    return { kind: 'extraction', title: 'Booking read', detail, at: event.time, source: call.provider }
  }
  if (isEvent(event, MeddicExtracted)) {
    const { quality, call, meddic, callId } = event.data
    const title = `${callId === undefined ? 'Transcript' : 'Call'} read (${quality.verdict})`
    const detail = meddic.nextSteps === '' ? null : `Next steps: ${meddic.nextSteps}`
    return { kind: 'extraction', title, detail, at: event.time, source: call.provider }
  }
  if (isEvent(event, ExtractionRejected)) {
    const { kind, code, issues, call } = event.data
    const title = kind === 'meddic' ? 'Transcript not usable' : 'Booking not readable'
    const detail = [code, ...issues].join('; ')
    return { kind: 'extraction', title, detail, at: event.time, source: call?.provider ?? serviceOf(event) }
  }
  return null
}

function troubleEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, DeadLettered)) {
    const { service, handler, code, message } = event.data
    return {
      kind: 'failure',
      title: `${service}/${handler} gave up`,
      detail: `${code}: ${message}`,
      at: event.time,
      source: service
    }
  }
  if (isEvent(event, AlertSent)) {
    const { channel, count, failedBecause } = event.data
    const title = failedBecause === null ? `Alert sent to ${channel}` : `Alert to ${channel} failed`
    return {
      kind: 'alert',
      title,
      detail: failedBecause ?? `${count} failure(s)`,
      at: event.data.lastAt,
      source: channel
    }
  }
  return null
}

/** The service that recorded the event. */
export function serviceOf(event: Pick<RecordedEvent, 'source'>): string {
  return event.source.replace(/^leadlog\//, '')
}
