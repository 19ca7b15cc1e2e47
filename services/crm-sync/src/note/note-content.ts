import type { DataOf, EnrichedField, LeadEnriched } from '@leadlog/contracts'
import type { Booking, Report } from './meeting-source.ts'

export interface NoteText {
  readonly title: string
  readonly body: string
}

type Enriched = DataOf<typeof LeadEnriched>

/** Heading of each field, in the order in which a seller reads them. */
const intelHeadings = {
  summary: 'Summary',
  need: 'Need',
  painPoints: 'Pain points',
  objectives: 'Objectives',
  useCase: 'Use case',
  toolsCurrentlyUsed: 'Tools in use',
  company: 'Company',
  title: 'Title',
  industry: 'Industry',
  teamSize: 'Team size',
  city: 'City',
  country: 'Country',
  website: 'Web site',
  budget: 'Budget',
  authority: 'Authority',
  timing: 'Timing',
  urgency: 'Urgency',
  decisionProcess: 'Decision process',
  objections: 'Objections to expect',
  discoveryQuestions: 'Questions to ask',
  cheatSheet: 'Cheat sheet',
  nextStep: 'Next step'
}

const meddicHeadings = {
  meddicMetrics: 'Metrics',
  meddicEconomicBuyer: 'Economic buyer',
  meddicDecisionCriteria: 'Decision criteria',
  meddicDecisionProcess: 'Decision process',
  meddicIdentifiedPain: 'Identified pain',
  meddicChampion: 'Champion',
  meddicCompetition: 'Competition',
  meddicNextSteps: 'Next steps',
  meddicRisks: 'Risks'
}

/** The note of a booking: when it is, what the customer answered, and what that tells. */
export function bookingNote(enriched: Enriched, booking: Booking | null): NoteText {
  const answers = (booking?.answers ?? []).map(({ question, answer }) => `Q: ${question}\nA: ${answer}`)
  return {
    title: booking === null ? 'Demo booked' : `Demo booked for ${minuteOf(booking.startsAt)}`,
    body: paragraphs(
      lines(
        booking !== null && `Meeting: ${booking.title}`,
        booking !== null && `From ${minuteOf(booking.startsAt)} to ${minuteOf(booking.endsAt)}`,
        booking?.customer.timezone && `Customer's time zone: ${booking.customer.timezone}`,
        booking?.host.name && `Host: ${booking.host.name}`
      ),
      answers.length > 0 && ['ANSWERS', ...answers].join('\n'),
      section(`LEAD INTELLIGENCE (${provenance(enriched)})`, enriched.fields, intelHeadings)
    )
  }
}

/** The note of a held meeting: MEDDIC, how far the transcript can be trusted, and where the report is. */
export function meetingNote(enriched: Enriched, report: Report | null): NoteText {
  const quality = enriched.fields.find(({ field }) => field === 'transcriptQuality')
  return {
    title: `MEDDIC of the meeting on ${minuteOf(report?.startedAt ?? enriched.observedAt)}`,
    body: paragraphs(
      lines(
        report !== null && `Meeting: ${report.title}`,
        report !== null && `Length: ${Math.round(report.durationMinutes)} minutes`
      ),
      section(`MEDDIC (${provenance(enriched)})`, enriched.fields, meddicHeadings),
      quality && `Transcript quality: ${inline(quality.value)}`,
      report?.reportUrl && `Report: ${report.reportUrl}`
    )
  }
}

/** `2026-11-18 16:00 UTC`. */
export function minuteOf(time: string): string {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? time : `${new Date(parsed).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function provenance({ provider, confidence }: Enriched): string {
  return confidence === null ? `by ${provider}` : `by ${provider}, confidence ${Math.round(confidence * 100)} %`
}

/** Known fields in the headings' order; others are data that a later version of the enrichment knows. */
function section(title: string, fields: readonly EnrichedField[], headings: Record<string, string>): string | false {
  const values = new Map(fields.map(({ field, value }) => [field, value]))
  const entries = Object.entries(headings).flatMap(([field, heading]) => {
    const value = values.get(field)
    return value === undefined || inline(value) === '' ? [] : [entry(heading, value)]
  })
  return entries.length > 0 && [title, ...entries].join('\n')
}

function entry(heading: string, value: EnrichedField['value']): string {
  if (!Array.isArray(value)) return `${heading}: ${inline(value)}`
  return [`${heading}:`, ...value.map((item) => `- ${item.trim()}`)].join('\n')
}

function inline(value: EnrichedField['value']): string {
  return Array.isArray(value) ? value.join(', ').trim() : String(value).trim()
}

type Part = string | false | null | undefined

function lines(...parts: readonly Part[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n')
}

function paragraphs(...parts: readonly Part[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('\n\n')
}
