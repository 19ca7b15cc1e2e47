import type { PullSource } from '../pulled-item.ts'
import { isWithin } from '../window.ts'
import { meetingWebhook } from './meeting-webhook.ts'
import type { ReadaiApi } from './readai-api.ts'

const HOUR_MS = 3_600_000

/** A report is written in the minutes after a meeting, and its webhook follows; before, only half of it could be had. */
const GRACE_MS = 2 * HOUR_MS

/** Read.ai lists by start, and what counts is the end. */
const LONGEST_MEETING_MS = 12 * HOUR_MS

/** Reports of meetings that ended. */
export function readaiSource(api: ReadaiApi): PullSource {
  return {
    name: 'readai',
    scheme: 'readai-api-pull',
    graceMs: GRACE_MS,
    async *list(window, how) {
      const startsFrom = new Date(window.from.getTime() - LONGEST_MEETING_MS)
      for await (const { id, end_time_ms: endedMs } of api.meetings(startsFrom, window.to, how)) {
        if (endedMs == null || !Number.isFinite(endedMs)) continue
        const occurredAt = new Date(endedMs).toISOString()
        if (!isWithin(window, occurredAt)) continue
        yield {
          eventType: 'meeting_end',
          occurredAt,
          resources: [id],
          webhook: async () => meetingWebhook(await api.meeting(id, how))
        }
      }
    }
  }
}
