import type { VendorResponse } from '@leadlog/outbound'
import t from 'tap'
import { retryDelayOf } from './retry-delay.ts'

const answer = (quotaId: string, retryDelay: string) => {
  const details = [{ violations: [{ quotaId }] }, { retryDelay }]
  const text = JSON.stringify({ error: { code: 429, details } }, null, 2)
  return { status: 429, headers: {}, text: () => text } as VendorResponse
}

void t.test('a limit of the minute pauses the lane for what the vendor says', async (t) => {
  t.equal(retryDelayOf(answer('GenerateRequestsPerMinutePerProjectPerModel', '19s')), 19_000)
  t.equal(retryDelayOf(answer('GenerateRequestsPerMinutePerProjectPerModel', '1.2504s')), 1251)
  t.equal(retryDelayOf(answer('GenerateRequestsPerMinutePerProjectPerModel', 'soon')), undefined)
})

void t.test('a quota of the day does not hold the lane for hours', async (t) => {
  t.equal(retryDelayOf(answer('GenerateRequestsPerDayPerProjectPerModel-FreeTier', '52758s')), undefined)
})
