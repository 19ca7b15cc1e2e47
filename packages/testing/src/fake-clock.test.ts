import t from 'tap'
import { fakeClock } from './index.ts'

void t.test('a fake clock stands still until it is moved', async (t) => {
  const clock = fakeClock('2026-03-01T10:00:00Z')
  t.same(clock.now(), clock.now())
  clock.advance(90_000)
  t.equal(clock.now().toISOString(), '2026-03-01T10:01:30.000Z')
  clock.set('2026-01-01T00:00:00Z')
  t.equal(clock.now().toISOString(), '2026-01-01T00:00:00.000Z')
  t.throws(() => clock.set('yesterday'), TypeError)
})
