import { t } from 'tap'
import { momentText, parseMoment } from './moment.ts'

const now = new Date('2026-11-18T12:00:00Z')

void t.test('a moment is a sequence, a time, or how long ago', async (t) => {
  t.strictSame(parseMoment('1234', now), { sequence: 1234 })
  t.strictSame(parseMoment('now', now), { time: now })
  t.strictSame(parseMoment('15m', now), { time: new Date('2026-11-18T11:45:00Z') })
  t.strictSame(parseMoment('2d', now), { time: new Date('2026-11-16T12:00:00Z') })
  t.strictSame(parseMoment('2026-11-18', now), { time: new Date('2026-11-18T00:00:00Z') })
  t.strictSame(
    parseMoment('2026-11-18T10:30', now),
    { time: new Date('2026-11-18T10:30:00Z') },
    'UTC unless it says otherwise'
  )
  t.strictSame(parseMoment('2026-11-18T10:30+01:00', now), { time: new Date('2026-11-18T09:30:00Z') })
  t.equal(momentText({ sequence: 7 }), 'sequence 7')
  for (const wrong of ['yesterday', '2026-13-01', '-5', '', '5 parsecs']) {
    t.throws(() => parseMoment(wrong, now), /write a time such as/, wrong)
  }
})
