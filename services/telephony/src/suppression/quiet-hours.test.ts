import fc from 'fast-check'
import t from 'tap'
import { parseQuietHours } from './parse-quiet-hours.ts'
import { quietUntil } from './quiet-hours.ts'

const night = { from: '21:00', until: '08:00' }
const NEW_YORK = ['America/New_York']

function until(zones: readonly string[], at: string, hours = night): string | null {
  return quietUntil(zones, hours, new Date(at))?.toISOString() ?? null
}

function clockIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

void t.test("the night is the recipient's", async (t) => {
  t.equal(until(NEW_YORK, '2026-11-18T15:00:00Z'), null)
  t.equal(until(NEW_YORK, '2026-11-19T01:59:59Z'), null, 'a second before nine')
  t.equal(until(NEW_YORK, '2026-11-19T02:00:00Z'), '2026-11-19T13:00:00.000Z')
  t.equal(until(NEW_YORK, '2026-11-19T12:59:30Z'), '2026-11-19T13:00:00.000Z')
  t.equal(until(['Asia/Tokyo'], '2026-11-18T15:00:00Z'), '2026-11-18T23:00:00.000Z')
  t.equal(
    until(NEW_YORK, '2026-11-18T17:30:00Z', { from: '12:00', until: '13:00' }),
    '2026-11-18T18:00:00.000Z',
    'a nap'
  )
  t.equal(until(NEW_YORK, '2026-11-19T02:00:00Z', { from: '08:00', until: '08:00' }), null, 'none')
})

void t.test('of several zones the strictest counts', async (t) => {
  const coasts = ['America/New_York', 'America/Los_Angeles']
  t.equal(until(coasts, '2026-11-18T14:00:00Z'), '2026-11-18T16:00:00.000Z', 'until it is eight in Los Angeles')
  t.equal(until(coasts, '2026-11-19T03:00:00Z'), '2026-11-19T16:00:00.000Z', 'nine in New York is the end of the day')
  t.equal(until(coasts, '2026-11-18T18:00:00Z'), null)
})

void t.test('the clocks change in the night', async (t) => {
  t.equal(until(NEW_YORK, '2026-03-08T03:00:00Z'), '2026-03-08T12:00:00.000Z', 'forward: it is eight an hour earlier')
  t.equal(until(NEW_YORK, '2026-11-01T02:00:00Z'), '2026-11-01T13:00:00.000Z', 'back: an hour later')
  const untilGap = { from: '21:00', until: '02:30' }
  t.equal(until(NEW_YORK, '2026-03-08T05:00:00Z', untilGap), '2026-03-08T07:00:00.000Z', 'half past two never comes')
})

void t.test('at any time, in any zones, there is an end, and it is right for one zone to the minute', async () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const clock = fc
    .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  const moment = fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) })
    .map((milliseconds) => new Date(milliseconds))
  const hours = fc.record({ from: clock, until: clock })
  fc.assert(
    fc.property(fc.subarray(zones, { minLength: 1, maxLength: 5 }), hours, moment, (some, quiet, now) => {
      const end = quietUntil(some, quiet, now)
      t.ok(end === null || end > now)
    }),
    { numRuns: 300 }
  )
  fc.assert(
    fc.property(fc.constantFrom(...zones), hours, moment, (zone, quiet, now) => {
      const end = quietUntil([zone], quiet, now)
      const isQuiet = (at: Date): boolean => quietUntil([zone], quiet, at) !== null
      if (end === null) return
      t.notOk(isQuiet(end), `${zone}: ${clockIn(zone, end)} is after ${quiet.until}`)
      const before = new Date(end.getTime() - 60_000)
      if (before > now) t.ok(isQuiet(before), `${zone}: ${clockIn(zone, before)} is quiet still`)
    }),
    { numRuns: 300 }
  )
})

void t.test('the setting', async (t) => {
  t.strictSame(parseQuietHours('21:00-08:00'), night)
  t.strictSame(parseQuietHours('none'), { from: '00:00', until: '00:00' })
  for (const wrong of ['', '21-8', '24:00-08:00', '21:00-08:60', 'always']) t.equal(parseQuietHours(wrong), null)
})
