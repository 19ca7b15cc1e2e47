import t from 'tap'
import { retryAfterMs } from './retry-after.ts'

void t.test('Retry-After as seconds, as a date, and as neither', (t) => {
  const now = new Date('2026-11-18T10:00:00Z')
  const cases: [string | undefined, number | undefined][] = [
    ['120', 120_000],
    [' 0 ', 0],
    ['1.5', 1_500],
    ['Wed, 18 Nov 2026 10:00:30 GMT', 30_000],
    ['Wed, 18 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined]
  ]
  for (const [header, expected] of cases) t.equal(retryAfterMs(header, now), expected, String(header))
  t.end()
})
