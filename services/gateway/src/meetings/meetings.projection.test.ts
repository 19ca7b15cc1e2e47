import { MeetingCanceled } from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import fc from 'fast-check'
import t from 'tap'
import { book } from '../fixtures/booking-story.ts'
import { hold, merge, qualify, reschedule, supersede } from '../fixtures/meeting-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { meetings } from './meetings.projection.ts'

const ada = person('Ada', 'Lovelace')
const spec = projectionSpec(meetings)
const FIRST = '2026-11-20T10:00:00.000Z'
const SECOND = '2026-11-21T10:00:00.000Z'

void t.test('a reschedule is one meeting at the new time, in every order of its two halves', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  book(story, ada, { startsAt: FIRST, uri: 'a', meetingId: 'm' })
  reschedule(story, ada, { meetingId: 'm', uri: 'b', previousUri: 'a', startsAt: SECOND })
  supersede(story, ada, { meetingId: 'm', uri: 'a', byUri: 'b' })
  const own = story.events.filter((event) => meetings.key(event).length > 0)
  fc.assert(
    fc.property(fc.shuffledSubarray(own, { minLength: own.length }), (shuffled) => {
      const row = spec.given(story.inOrder(shuffled)).rows.get('m')
      t.match(row, { status: 'booked', starts_at: SECOND, customer_email: ada.customer.email })
    })
  )
})

void t.test('a canceled booking cancels the meeting unless another one stands', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked, webhook } = book(story, ada, { startsAt: FIRST, uri: 'a', meetingId: 'm' })
  const { meetingId, personId, bookingUri, customer, startsAt, endsAt, title } = booked.data
  const facts = { meetingId, personId, bookingUri, customer, startsAt, endsAt, title }
  const because = { canceledAt: story.now(), canceledBy: 'invitee', reason: 'no budget' }
  story.emit(MeetingCanceled, 'm', { ...facts, ...because }, webhook)
  t.match(spec.given(story.events).rows.get('m'), { status: 'canceled', starts_at: FIRST })
  reschedule(story, ada, { meetingId: 'm', uri: 'b', previousUri: 'a', startsAt: SECOND })
  t.match(spec.given(story.events).rows.get('m'), { status: 'booked', starts_at: SECOND })
})

void t.test('what took place is held, with what was read from it', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  book(story, ada, { startsAt: FIRST, uri: 'a', meetingId: 'm' })
  qualify(story, ada, hold(story, ada, { meetingId: 'm', sessionId: 's', startedAt: '2026-11-20T10:02:00.000Z' }))
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
  const row = given.rows.get('m')
  t.match(row, { status: 'held', starts_at: FIRST, meddic: { quality: { verdict: 'good' }, rejectedBecause: null } })
  t.same(Object.keys(row?.meddic?.parts ?? {}), ['metrics', 'economicBuyer', 'identifiedPain', 'nextSteps'])
})

void t.test('a merged meeting points to the one that stays', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  book(story, ada, { startsAt: FIRST, uri: 'a', meetingId: 'm' })
  reschedule(story, ada, { meetingId: 'late', uri: 'c', previousUri: 'b', startsAt: SECOND })
  merge(story, ada, { meetingId: 'm', mergedMeetingId: 'late', uris: ['c'] })
  const { rows } = spec.given(story.events)
  t.match(rows.get('m'), { merged_into: null, absorbed: ['late'] })
  t.match(rows.get('late'), { merged_into: 'm' })
})
