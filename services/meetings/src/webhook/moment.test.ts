import t from 'tap'
import { moment } from './moment.ts'

void t.test('times become UTC', (t) => {
  t.equal(moment('calendly', '/start_time', '2026-11-18T17:00:00+01:00'), '2026-11-18T16:00:00.000Z')
  t.equal(moment('readai', '/start_time', 1_795_017_604_000), '2026-11-18T16:00:04.000Z')
  t.end()
})

void t.test('what is no time of our age is refused by its field, and never recorded', (t) => {
  for (const time of [
    'not-a-date-at-all',
    '',
    '+200000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-01-01T00:00:00Z'
  ]) {
    t.throws(() => moment('calendly', '/payload/scheduled_event/start_time', time), {
      code: 'MEETINGS_PAYLOAD_INVALID',
      message: /start_time must be a time/
    })
  }
  t.end()
})
