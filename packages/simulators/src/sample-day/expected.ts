import { formQuestions } from './customer.ts'
import type { Delivery, DeliveryOutcome } from './delivery.ts'
import { factOf } from './meeting-facts.ts'
import type { MeetingFact } from './meeting-facts.ts'
import { sampleDay } from './sample-day.ts'
import type { SampleDayOptions } from './sample-day.ts'

/** What the CRM must hold of one person; a missing member is not determined by the webhooks alone. */
export interface ExpectedLead {
  email: string
  firstName: string | null
  lastName: string
  company?: string
  leadStatus: 'Demo Booked' | 'Demo Complete' | 'Demo Canceled' | 'Demo No-show'
  /** ISO 8601 in UTC. */
  demoDate?: string
  demoTimezone?: string
  notes: { booking: number; meeting: number }
}

/** A webhook that does not end as processed, and why. */
export interface ExpectedException {
  name: string
  because: string
}

/** The written-down result of the sample day. */
export interface ExpectedDay {
  deliveries: Record<DeliveryOutcome, number>
  repeats: number
  leads: ExpectedLead[]
  ignored: ExpectedException[]
  failed: ExpectedException[]
  refused: ExpectedException[]
}

/** Providers whose domain says nothing of a company. */
const freeMail = ['gmail.com', 'outlook.com', 'gmx.de']

/** One meeting with all its bookings and sessions. */
interface Meeting {
  facts: MeetingFact[]
}

const latest = (facts: readonly MeetingFact[]): MeetingFact | undefined =>
  facts.reduce<MeetingFact | undefined>(
    (last, fact) => (last === undefined || Date.parse(fact.at) >= Date.parse(last.at) ? fact : last),
    undefined
  )

const belongs = (a: MeetingFact, b: MeetingFact): boolean =>
  a.key === b.key ||
  a.relatedKey === b.key ||
  b.relatedKey === a.key ||
  (a.platformMeetingId !== null && a.platformMeetingId === b.platformMeetingId)

/** Groups facts into meetings: over reschedules, and a notetaker's session with its booking. */
const meetingsOf = (facts: readonly MeetingFact[]): Meeting[] =>
  facts.reduce<Meeting[]>((meetings, fact) => {
    const [same, others] = [true, false].map((wanted) =>
      meetings.filter((meeting) => meeting.facts.some((known) => belongs(known, fact)) === wanted)
    )
    return [...(others ?? []), { facts: [...(same ?? []).flatMap((meeting) => meeting.facts), fact] }]
  }, [])

const statuses = {
  held: 'Demo Complete',
  'no-show': 'Demo No-show',
  canceled: 'Demo Canceled',
  booked: 'Demo Booked'
} as const

const ranking = ['held', 'no-show', 'canceled', 'booked'] as const

const statusOf = (meeting: Meeting): ExpectedLead['leadStatus'] => {
  const rank = ranking.find((kind) => meeting.facts.some((fact) => fact.kind === kind)) ?? 'booked'
  return statuses[rank]
}

const leadStatus = (meetings: readonly Meeting[]): ExpectedLead['leadStatus'] => {
  const last = latest(meetings.flatMap(({ facts }) => facts.filter(({ kind }) => kind !== 'superseded')))
  const deciding = meetings.find(({ facts }) => last !== undefined && facts.includes(last))
  return deciding === undefined ? 'Demo Booked' : statusOf(deciding)
}

/** Calendly's start of the last booking that stands, else the notetaker's start; unknown once all is canceled. */
const demoFact = (facts: readonly MeetingFact[]): MeetingFact | undefined => {
  const ended = facts.filter(({ kind }) => kind === 'canceled' || kind === 'superseded').map(({ key }) => key)
  const booked = facts.filter(({ kind }) => kind === 'booked')
  const standing = booked.filter(({ key }) => !ended.includes(key))
  return latest(standing) ?? (booked.length > 0 ? undefined : latest(facts.filter(({ kind }) => kind === 'held')))
}

const nameOf = (facts: readonly MeetingFact[]): Pick<ExpectedLead, 'firstName' | 'lastName'> => {
  const [first, last] = facts.find(({ apart }) => apart !== null)?.apart ?? []
  if (first !== undefined && last !== undefined) return { firstName: first, lastName: last }
  const parts = (facts[0]?.name ?? '').split(' ')
  const family = parts.pop() ?? ''
  return { firstName: parts.length === 0 ? null : parts.join(' '), lastName: family }
}

const companyOf = (facts: readonly MeetingFact[]): string | undefined => {
  const answers = facts.find(({ answers: given }) => given.size > 0)?.answers
  const domain = facts[0]?.email.split('@')[1] ?? ''
  if (answers === undefined) return undefined
  const stated = answers.get(formQuestions.company)
  if (stated !== undefined || freeMail.includes(domain)) return stated
  const words = (domain.split('.')[0] ?? '').split('-')
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join(' ')
}

const leadOf = (email: string, facts: readonly MeetingFact[]): ExpectedLead => {
  const meetings = meetingsOf(facts)
  const company = companyOf(facts)
  const demo = demoFact(facts)
  const having = (test: (fact: MeetingFact) => boolean): number =>
    meetings.filter((meeting) => meeting.facts.some(test)).length
  return {
    email,
    ...nameOf(facts),
    ...(company === undefined ? {} : { company }),
    leadStatus: leadStatus(meetings),
    ...(demo === undefined ? {} : { demoDate: new Date(demo.start).toISOString() }),
    ...(demo === undefined || demo.timezone === null ? {} : { demoTimezone: demo.timezone }),
    notes: {
      booking: having(({ kind, answers }) => kind === 'booked' && answers.size > 0),
      meeting: having(({ kind, hasTranscript }) => kind === 'held' && hasTranscript)
    }
  }
}

const exceptions = (deliveries: readonly Delivery[], outcome: DeliveryOutcome): ExpectedException[] =>
  deliveries
    .filter(({ expect }) => expect.outcome === outcome)
    .map(({ name, expect }) => ({ name, because: expect.because ?? '' }))

/**
 * The result that a set of deliveries must have, worked out from the bytes sent and from nothing else. Order and
 * repeats of the deliveries make no difference.
 */
export const expectedOf = (deliveries: readonly Delivery[]): ExpectedDay => {
  const facts = new Map<string, MeetingFact[]>()
  for (const delivery of deliveries.filter(({ expect }) => expect.repeats === undefined)) {
    const fact = factOf(delivery)
    if (fact !== undefined) facts.set(fact.email, [...(facts.get(fact.email) ?? []), fact])
  }
  const count = (outcome: DeliveryOutcome): number =>
    deliveries.filter(({ expect }) => expect.outcome === outcome).length
  return {
    deliveries: {
      processed: count('processed'),
      ignored: count('ignored'),
      failed: count('failed'),
      refused: count('refused')
    },
    repeats: deliveries.filter(({ expect }) => expect.repeats !== undefined).length,
    leads: [...facts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([email, known]) =>
        leadOf(
          email,
          [...known].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
        )
      ),
    ignored: exceptions(deliveries, 'ignored'),
    failed: exceptions(deliveries, 'failed'),
    refused: exceptions(deliveries, 'refused')
  }
}

/** The expected result of the sample day; `expected.json` is this for the usual base date. */
export const expectedSampleDay = (options: SampleDayOptions = {}): ExpectedDay => expectedOf(sampleDay(options))
