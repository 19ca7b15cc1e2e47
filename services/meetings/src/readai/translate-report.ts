import { createHash } from 'node:crypto'
import type { Customer, Participant, SpeakerBlock } from '@leadlog/contracts'
import { noAttendeeAddress, payloadInvalid } from '../errors.ts'
import type { SessionReport } from '../agenda/session-report.ts'
import { chooseAttendee, isInDomains, type DomainPolicy } from './choose-attendee.ts'
import { moment } from '../webhook/moment.ts'
import type { ReportDelivery, ReportPerson } from './report-payload.ts'

/**
 * A Read.ai report in our own words. Pure.
 *
 * @throws PermanentError where nobody has an address, or where the meeting's time cannot be told
 */
export function translateReport(delivery: ReportDelivery, policy: DomainPolicy): SessionReport {
  const transcript = blocksOf(delivery)
  const { startedAt, endedAt } = timesOf(delivery, transcript)
  const participants = delivery.participants ?? []
  const attendee = chooseAttendee(participants, delivery.owner ?? null, policy, spokenBy(transcript))
  if (!attendee) throw noAttendeeAddress()
  const content = {
    title: delivery.title?.trim() || 'Meeting',
    participants: participants.map((person) => participantOf(person, policy)),
    summary: blankToNull(delivery.summary),
    actionItems: textsOf(delivery.action_items),
    keyQuestions: textsOf(delivery.key_questions),
    topics: textsOf(delivery.topics),
    transcript,
    reportUrl: blankToNull(delivery.report_url)
  }
  return {
    sessionId: delivery.session_id,
    customer: customerOf(attendee.email, attendee.person),
    startedAt,
    endedAt,
    durationMinutes: (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000,
    platform: blankToNull(delivery.platform),
    platformMeetingId: delivery.platform_meeting_id == null ? null : String(delivery.platform_meeting_id),
    ...content,
    contentDigest: createHash('sha256')
      .update(JSON.stringify([attendee.email, wholeSecond(startedAt), wholeSecond(endedAt), content]))
      .digest('hex')
  }
}

/** Webhooks give whole seconds and the API milliseconds: the same report must have the same digest. */
function wholeSecond(time: string): string {
  return time.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
}

function timesOf(
  delivery: ReportDelivery,
  transcript: readonly SpeakerBlock[]
): { startedAt: string; endedAt: string } {
  const first = transcript[0]?.startMs
  const last = transcript.reduce<number | undefined>(
    (latest, block) => Math.max(latest ?? block.endMs, block.endMs),
    undefined
  )
  const startedAt = timeOf(delivery.start_time) ?? timeOf(first)
  const endedAt = timeOf(delivery.end_time) ?? timeOf(last)
  if (!startedAt || !endedAt || startedAt > endedAt) {
    throw payloadInvalid('readai', ['/start_time and /end_time must be times, the start before the end'])
  }
  return { startedAt, endedAt }
}

function timeOf(time: string | number | null | undefined): string | undefined {
  if (time === null || time === undefined || time === '') return undefined
  return moment('readai', '/start_time and /end_time', time)
}

function blocksOf(delivery: ReportDelivery): SpeakerBlock[] {
  return (delivery.transcript?.speaker_blocks ?? []).flatMap((block) => {
    const words = block.words?.trim()
    const [startMs, endMs] = [Number(block.start_time ?? Number.NaN), Number(block.end_time ?? Number.NaN)]
    if (!words || !Number.isFinite(startMs) || !Number.isFinite(endMs)) return []
    return [
      {
        startMs,
        endMs,
        speaker: block.speaker?.name?.trim() || 'Unknown speaker',
        words
      }
    ]
  })
}

function spokenBy(transcript: readonly SpeakerBlock[]): Map<string, number> {
  const spoken = new Map<string, number>()
  for (const block of transcript) {
    const name = block.speaker.toLowerCase()
    spoken.set(name, (spoken.get(name) ?? 0) + block.words.length)
  }
  return spoken
}

function participantOf(person: ReportPerson, policy: DomainPolicy): Participant {
  const email = person.email?.trim().toLowerCase() || null
  return { name: nameOf(person), email, external: email === null || !isInDomains(email, policy.ownDomains) }
}

function customerOf(email: string, person: ReportPerson): Customer {
  return {
    email,
    name: nameOf(person),
    firstName: blankToNull(person.first_name),
    lastName: blankToNull(person.last_name),
    phone: null,
    timezone: null
  }
}

function nameOf(person: ReportPerson): string | null {
  return blankToNull(person.name) ?? blankToNull([person.first_name, person.last_name].filter(Boolean).join(' '))
}

function textsOf(items: ReportDelivery['topics']): string[] {
  return (items ?? []).flatMap(({ text }) => (text?.trim() ? [text.trim()] : []))
}

function blankToNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim()
  return trimmed ? trimmed : null
}
