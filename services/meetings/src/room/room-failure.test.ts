import { TransientError } from '@leadlog/contracts'
import { t } from 'tap'
import { refusedBy } from './room-failure.ts'

const now = new Date('2026-12-01T23:59:59.000Z')

void t.test('a daily limit is over when Zoom says, but never at once', async (t) => {
  const after = (retryAfterMs: number | undefined) =>
    refusedBy(
      new TransientError('ZOOM_DAILY_LIMIT', 'The host has made 100 meetings today', {
        countsAsAttempt: false,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs })
      }),
      now
    )?.retryAt?.toISOString()
  t.equal(after(3_600_000), '2026-12-02T00:59:59.000Z')
  t.equal(after(0), '2026-12-02T00:00:59.000Z', "Zoom's clock may be behind ours")
  t.equal(after(undefined), '2026-12-02T23:59:59.000Z')
})
