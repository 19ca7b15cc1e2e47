import { ERASED_TEXT, type LeadIntel, type Meddic, type ModelCall, type TranscriptQuality } from '@leadlog/contracts'
import type { Booking, BookingReading, CallTranscript, Report, ReportReading } from './note-source.ts'

export interface NoteText {
  readonly title: string
  readonly body: string
}

type Value = string | readonly string[]

/** Heading of each part, in the order in which a seller reads them. */
const intelHeadings: readonly (readonly [keyof LeadIntel, string])[] = [
  ['summary', 'Summary'],
  ['need', 'Need'],
  ['painPoints', 'Pain points'],
  ['objectives', 'Objectives'],
  ['useCase', 'Use case'],
  ['toolsCurrentlyUsed', 'Tools in use'],
  ['company', 'Company'],
  ['title', 'Title'],
  ['industry', 'Industry'],
  ['teamSize', 'Team size'],
  ['city', 'City'],
  ['country', 'Country'],
  ['website', 'Web site'],
  ['budget', 'Budget'],
  ['authority', 'Authority'],
  ['timing', 'Timing'],
  ['urgency', 'Urgency'],
  ['decisionProcess', 'Decision process'],
  ['objections', 'Objections to expect'],
  ['discoveryQuestions', 'Questions to ask'],
  ['cheatSheet', 'Cheat sheet'],
  ['nextStep', 'Next step']
]

const meddicHeadings: readonly (readonly [keyof Meddic, string])[] = [
  ['metrics', 'Metrics'],
  ['economicBuyer', 'Economic buyer'],
  ['decisionCriteria', 'Decision criteria'],
  ['decisionProcess', 'Decision process'],
  ['identifiedPain', 'Identified pain'],
  ['champion', 'Champion'],
  ['competition', 'Competition'],
  ['nextSteps', 'Next steps'],
  ['risks', 'Risks']
]

/**
 * The note of a booking: what the customer answered and what that tells; none where nothing was answered, since the
 * record shows the rest. It names no date: a reschedule repeats the answers, and which of the two bookings is read is a
 * matter of arrival. The date stands in the record.
 */
export function bookingNote({ intel, call }: BookingReading, booking: Booking | null): NoteText | null {
  if (booking === null || booking.answers.length === 0 || booking.customer.email === ERASED_TEXT) return null
  const answers = booking.answers.map(({ question, answer }) => `Q: ${question}\nA: ${answer}`)
  return {
    title: `Demo booking: ${booking.title}`,
    body: paragraphs(
      ['ANSWERS', ...answers].join('\n'),
      section(`LEAD INTELLIGENCE ${provenance(call, intel.confidence)}`, intelHeadings, intel)
    )
  }
}

/** The note of a held meeting: MEDDIC, how far the transcript can be trusted, and where the report is. */
export function meetingNote(
  { meddic, quality, call, observedAt }: ReportReading,
  report: Report | null
): NoteText | null {
  if (report?.customer.email === ERASED_TEXT) return null
  return {
    title: `MEDDIC of the meeting on ${minuteOf(report?.startedAt ?? observedAt)}`,
    body: paragraphs(
      report !== null && `Meeting: ${report.title} (${Math.round(report.durationMinutes)} minutes)`,
      section(`MEDDIC ${provenance(call, meddic.confidence)}`, meddicHeadings, meddic),
      `Transcript: ${qualityText(quality, 'meeting')}`,
      report?.reportUrl && `Report: ${report.reportUrl}`
    )
  }
}

/** The note of a sales call: who called, when and for how long, MEDDIC, and how far the transcript can be trusted. */
export function callNote(
  { meddic, quality, call, observedAt }: ReportReading,
  transcript: CallTranscript | null
): NoteText | null {
  if (meddic.metrics === ERASED_TEXT) return null
  return {
    title: `MEDDIC of the phone call on ${minuteOf(transcript?.startedAt ?? observedAt)}`,
    body: paragraphs(
      transcript !== null &&
        `Phone call: ${transcript.direction === 'inbound' ? 'from' : 'to'} the customer (${lengthOf(transcript)})`,
      section(`MEDDIC ${provenance(call, meddic.confidence)}`, meddicHeadings, meddic),
      `Transcript: ${qualityText(quality, 'call')}`
    )
  }
}

function provenance({ provider }: ModelCall, confidence: number): string {
  return `(by ${provider}, confidence ${Math.round(confidence * 100)} %)`
}

function section<Part extends string>(
  title: string,
  headings: readonly (readonly [Part, string])[],
  values: Readonly<Record<Part, unknown>>
): string | false {
  const entries = headings.flatMap(([part, heading]) => entry(heading, values[part] as Value))
  return entries.length > 0 && [title, ...entries].join('\n')
}

function entry(heading: string, value: Value): string[] {
  const items = (typeof value === 'string' ? [value] : value).map((item) => item.trim()).filter((item) => item !== '')
  if (items.length === 0) return []
  return typeof value === 'string'
    ? [`${heading}: ${items.join()}`]
    : [`${heading}:`, ...items.map((item) => `- ${item}`)]
}

function qualityText({ verdict, coverage, speakerCount, flags }: TranscriptQuality, what: 'meeting' | 'call'): string {
  const measures = `${Math.round(coverage * 100)} % of the ${what}, ${speakerCount} speaker${speakerCount === 1 ? '' : 's'}`
  return [`${verdict} (${measures})`, ...flags].join(', ')
}

/** `40 seconds`, `1 minute`, `12 minutes`. */
function lengthOf({ startedAt, endedAt }: CallTranscript): string {
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000)
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** `2026-11-18 16:00 UTC`. */
export function minuteOf(time: string): string {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? time : `${new Date(parsed).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function paragraphs(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n')
}
