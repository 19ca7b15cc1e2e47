import t from 'tap'
import {
  localDay,
  midnight,
  momentsOf,
  neighbour,
  placeOf,
  placeTitle,
  shownMeetingState,
  spanOf,
  zoneWords
} from './calendar.ts'

const wide = { narrow: false, today: '2026-11-30' }
const narrow = { narrow: true, today: '2026-11-30' }

void t.test('an address says what is looked at, and is mended where it cannot be', async (t) => {
  t.same(placeOf({}, wide), { view: 'week', date: '2026-11-30' })
  t.same(placeOf({}, narrow), { view: 'list', date: '2026-11-30' })
  t.same(placeOf({ view: 'month', date: '2026-02-14' }, wide), { view: 'month', date: '2026-02-14' })
  t.same(placeOf({ view: 'week', date: '2026-02-14' }, narrow), { view: 'list', date: '2026-02-14' })
  t.same(placeOf({ view: 'month' }, narrow).view, 'month')
  for (const date of ['2026-02-30', 'tomorrow', '2026-1-1', ''])
    t.equal(placeOf({ view: 'day', date }, wide).date, '2026-11-30', date)
  t.equal(placeOf({ view: 'year' }, wide).view, 'week')
})

void t.test('a place has its days, and the weeks of a month are whole', async (t) => {
  t.same(spanOf({ view: 'day', date: '2026-12-31' }), { first: '2026-12-31', after: '2027-01-01' })
  for (const date of ['2026-11-30', '2026-12-03', '2026-12-06'])
    t.same(spanOf({ view: 'week', date }), { first: '2026-11-30', after: '2026-12-07' }, date)
  t.same(spanOf({ view: 'list', date: '2026-12-06' }), { first: '2026-11-30', after: '2026-12-07' })
  t.same(spanOf({ view: 'month', date: '2026-11-15' }), { first: '2026-10-26', after: '2026-12-07' })
  t.same(spanOf({ view: 'month', date: '2027-02-28' }), { first: '2027-02-01', after: '2027-03-01' })
})

void t.test('before and after', async (t) => {
  t.same(neighbour({ view: 'day', date: '2026-12-31' }, 1), { view: 'day', date: '2027-01-01' })
  t.same(neighbour({ view: 'week', date: '2026-12-02' }, -1), { view: 'week', date: '2026-11-25' })
  t.same(neighbour({ view: 'month', date: '2026-01-31' }, 1), { view: 'month', date: '2026-02-01' })
  t.same(neighbour({ view: 'month', date: '2026-01-31' }, -1), { view: 'month', date: '2025-12-01' })
})

void t.test('a place has a name', async (t) => {
  t.equal(placeTitle({ view: 'month', date: '2026-11-30' }, 'en-GB'), 'November 2026')
  t.match(placeTitle({ view: 'day', date: '2026-11-30' }, 'en-GB'), /^Monday,? 30 November 2026$/)
  t.match(placeTitle({ view: 'week', date: '2026-12-02' }, 'en-GB'), /^30 November\s–\s6 December 2026$/)
})

void t.test('days are those of the reader’s zone', async (t) => {
  t.equal(localDay(midnight('2026-03-29').getTime()), '2026-03-29')
  t.equal(localDay(midnight('2026-03-29').getTime() - 1), '2026-03-28')
  const { from, to } = momentsOf({ first: '2026-11-30', after: '2026-12-07' })
  t.equal(from, midnight('2026-11-30').toISOString())
  t.equal(to, midnight('2026-12-07').toISOString())
  const winter = Date.parse('2026-11-30T12:00:00Z')
  t.equal(zoneWords(winter, 'en-GB', 'Europe/Berlin'), 'Europe/Berlin (GMT+1)')
  t.equal(zoneWords(Date.parse('2026-07-01T12:00:00Z'), 'en-GB', 'Europe/Berlin'), 'Europe/Berlin (GMT+2)')
  t.equal(zoneWords(winter, 'en-GB', 'UTC'), 'UTC (GMT+0)')
})

void t.test('a booked meeting without a link has no room, unless people meet without one', async (t) => {
  const meeting = { status: 'booked', joinUrl: null, platform: null }
  t.equal(shownMeetingState(meeting), 'no-room')
  t.equal(shownMeetingState({ ...meeting, platform: 'zoom' }), 'no-room')
  t.equal(shownMeetingState({ ...meeting, platform: 'physical' }), 'booked')
  t.equal(shownMeetingState({ ...meeting, joinUrl: 'https://zoom.example/j/1' }), 'booked')
  t.equal(shownMeetingState({ ...meeting, status: 'canceled' }), 'canceled')
})
