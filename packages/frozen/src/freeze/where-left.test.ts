import t from 'tap'
import type { FrozenEvent } from '../frozen-event.ts'
import { findPersonalValues } from '../scrub/personal-values.ts'
import { whereLeft } from './where-left.ts'

const event = {
  id: 'e1',
  type: 'meetings.MeetingHeld.v1',
  source: 'leadlog/meetings',
  subject: 'meetings.meeting.m1',
  time: '2026-11-30T10:00:00.000Z',
  stream: 'EVENTS',
  sequence: 1,
  correlationid: 'c1',
  causationid: 'c1',
  data: { title: 'With Lovelace', platform: 'zoom' }
}
const personal = findPersonalValues([{ email: 'ada@engine-works.example', name: 'Ada Lovelace' }], [])
const left = new Set(['lovelace'])

void t.test('where something was left is told by event and field, without what it is', (t) => {
  const body = JSON.stringify({ note: '\nLovelace' })
  const frozen = { event: { ...event, id: 'e2', data: {} }, body, persons: {} } as unknown as FrozenEvent
  const places = whereLeft([event, { ...event, id: 'e3', data: {} }, frozen], left, personal)
  t.strictSame(places, ['data.title of meetings.MeetingHeld.v1 e1', 'frozen body of meetings.MeetingHeld.v1 e2'])
  t.notMatch(places.join(), /lovelace/i)
  t.end()
})

void t.test('five places are enough', (t) => {
  const many = Array.from({ length: 9 }, (_, index) => ({ ...event, id: `e${index}` }))
  t.equal(whereLeft(many, left, personal).length, 5)
  t.end()
})
