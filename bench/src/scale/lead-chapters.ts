import { LeadMeetingRecorded, WebhookIgnored, type RecordedEvent } from '@leadlog/contracts'
import {
  book,
  bookedLead,
  createStory,
  failOnce,
  giveUp,
  hold,
  person,
  qualify,
  queueNote,
  queueWrite,
  reschedule,
  supersede,
  write,
  writeNote,
  type Person,
  type Story
} from '@leadlog/gateway/stories'
import { randomFrom, type Random } from './random.ts'

/** What is recorded of a lead at about the same time; other leads' chapters stand between it and the next. */
export type Chapter = readonly RecordedEvent[]

const HOUR_MS = 3_600_000
const FIRST_BOOKING = Date.parse('2024-01-08T08:00:00.000Z')
const BETWEEN_LEADS_MS = 60_000

/** One in so many people books again and again: a partner, or somebody who tries the form out. */
const REGULAR_ONE_IN = 200
const REGULAR_MEETINGS = 40
/** Pieces of speech of half an hour's transcript. */
const SPEECH_BLOCKS = 40

export function personOf(number: number): Person {
  return person('Ada', `Example${number}`, `company-${number % 997}.example`)
}

/** When leads come, and who hosts their meetings. */
export interface LeadTimes {
  /** Unix time of the first lead's booking, in milliseconds. */
  readonly begin?: number
  readonly betweenMs?: number
  /** So many people host, each every so-manyth lead. */
  readonly hosts?: number
}

/** The address of a host, by number from 0. */
export function hostOf(number: number): string {
  return number === 0 ? 'sam@own.example' : `host-${number}@own.example`
}

/**
 * The whole history of a lead, webhooks and failures included; the same number gives the same events. Most leads book
 * once, a third meet, some reschedule, some fail on the way, a few come back dozens of times.
 */
export function leadChapters(number: number, times: LeadTimes = {}): readonly Chapter[] {
  const { begin = FIRST_BOOKING, betweenMs = BETWEEN_LEADS_MS, hosts = 1 } = times
  const random = randomFrom(number)
  const who = personOf(number)
  const story = createStory(new Date(begin + number * betweenMs).toISOString())
  const chapters: Chapter[] = []
  let told = 0
  const endChapter = (laterMs: number): void => {
    chapters.push(story.events.slice(told))
    told = story.events.length
    story.later(laterMs)
  }
  const meetings = random.oneIn(REGULAR_ONE_IN) ? REGULAR_MEETINGS : random.oneIn(6) ? 2 + random.below(4) : 1
  for (let meeting = 0; meeting < meetings; meeting += 1) {
    tellMeeting(story, { who, name: `${number}-${meeting}`, hostEmail: hostOf(number % hosts) }, random, endChapter)
  }
  return chapters
}

function tellMeeting(
  story: Story,
  { who, name, hostEmail }: { who: Person; name: string; hostEmail: string },
  random: Random,
  endChapter: (laterMs: number) => void
): void {
  const soon = (hours: number): string => new Date(Date.parse(story.now()) + hours * HOUR_MS).toISOString()
  const uri = `https://api.calendly.com/scheduled_events/${name}/invitees/${name}`
  const { meetingId, firstWrite, enriched } = bookedLead(story, who, { startsAt: soon(48), uri, hostEmail })
  if (firstWrite && random.oneIn(12)) failWrites(story, firstWrite, random)
  if (random.oneIn(10)) ignoreRepeat(story, uri)
  endChapter(HOUR_MS)

  if (random.oneIn(5)) {
    const next = `${uri}-moved`
    const moved = reschedule(story, who, { meetingId, uri: next, previousUri: uri, startsAt: soon(72) })
    supersede(story, who, { meetingId, uri, byUri: next })
    recordMeeting(story, who, moved, 'rescheduled')
    endChapter(48 * HOUR_MS)
  }
  if (random.oneIn(3)) {
    const held = hold(story, who, {
      meetingId,
      sessionId: `session-${name}`,
      startedAt: story.now(),
      transcript: speech(random)
    })
    recordMeeting(story, who, held, 'held')
    qualify(story, who, held)
    const queued = queueWrite(story, who, enriched)
    write(story, who, [queued])
    writeNote(story, who, queueNote(story, who, enriched))
    endChapter(24 * HOUR_MS)
  }
  if (random.oneIn(15)) {
    const again = book(story, who, { startsAt: soon(24), uri: `${uri}-again`, skipReading: true, hostEmail })
    recordMeeting(story, who, again.booked, 'booked')
    endChapter(24 * HOUR_MS)
  }
}

function failWrites(story: Story, event: RecordedEvent, random: Random): void {
  const attempts = 1 + random.below(4)
  for (let attempt = 1; attempt <= attempts; attempt += 1) failOnce(story, event, attempt)
  if (random.oneIn(5)) giveUp(story, event, attempts + 1)
}

function ignoreRepeat(story: Story, uri: string): void {
  const webhook = story.webhook({ externalId: `${uri}-repeat` })
  const details = { webhookId: webhook.id, reason: 'booking-already-recorded', detail: 'known' } as const
  story.emit(WebhookIgnored, webhook.id, details, webhook)
}

function recordMeeting(
  story: Story,
  who: Person,
  cause: RecordedEvent & { readonly data: { readonly meetingId: string } },
  kind: 'booked' | 'rescheduled' | 'held'
): void {
  const { personId, customer } = who
  const { meetingId } = cause.data
  const now = story.now()
  const fact = {
    kind,
    meetingId,
    key: cause.id,
    occurredAt: now,
    startsAt: now,
    endsAt: now,
    relatedKey: null,
    timezone: 'Europe/Berlin',
    reportUrl: null
  }
  const data = { leadId: personId, personId, fact, customer, source: 'calendly' as const }
  const recorded = story.emit(LeadMeetingRecorded, personId, data, cause)
  queueWrite(story, who, recorded)
}

const WORDS = 'we lose leads every week because nobody answers the form before the competition has called them back'

function speech(random: Random) {
  return Array.from({ length: SPEECH_BLOCKS }, (_, block) => ({
    startMs: block * 45_000,
    endMs: block * 45_000 + 40_000,
    speaker: random.oneIn(2) ? 'Ada' : 'Sam',
    words: WORDS.slice(random.below(20))
  }))
}
