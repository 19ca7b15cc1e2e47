import type { SimulatorClock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import type { SlidingWindow } from '../sliding-window.ts'
import type { VendorAnswer } from '../vendors.ts'
import { rateLimited } from './zoom-errors.ts'

/** How much a call counts. */
export type ZoomClass = 'light' | 'medium' | 'heavy'

/** The account's limits by class, and the meetings that a user may write in a day. */
export interface ZoomLimits {
  /** The refusal of a call that is one too many; otherwise it is counted. */
  refuse(category: ZoomClass): VendorAnswer | undefined
  /** The same of creating or updating a meeting of the user. */
  refuseWrite(userId: string): VendorAnswer | undefined
  headers(category: ZoomClass): Record<string, string>
  clear(): void
}

const SECOND_MS = 1_000
const DAY_MS = 86_400_000

const limitNames = {
  light: 'zoomLightPerSecond',
  medium: 'zoomMediumPerSecond',
  heavy: 'zoomHeavyPerSecond'
} as const

export const createZoomLimits = (clock: SimulatorClock, settings: Settings): ZoomLimits => {
  const perSecond: Record<ZoomClass, SlidingWindow> = {
    light: createSlidingWindow(clock.now),
    medium: createSlidingWindow(clock.now),
    heavy: createSlidingWindow(clock.now)
  }
  /** By user; they begin anew at 00:00 UTC. */
  let writes = new Map<string, number>()
  let day = ''

  const headers = (category: ZoomClass): Record<string, string> => {
    const limit = settings[limitNames[category]]
    if (limit === null) return {}
    return {
      'x-ratelimit-category': category[0]?.toUpperCase() + category.slice(1),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - perSecond[category].used(SECOND_MS)))
    }
  }

  return {
    refuse: (category) => {
      const limit = settings[limitNames[category]]
      if (limit === null || perSecond[category].take(1, limit, SECOND_MS)) return undefined
      return rateLimited('QPS', headers(category))
    },
    refuseWrite: (userId) => {
      const now = clock.now()
      const today = now.toISOString().slice(0, 10)
      if (day !== today) writes = new Map()
      day = today
      const made = writes.get(userId) ?? 0
      if (made < settings.zoomMeetingWritesPerDay) {
        writes.set(userId, made + 1)
        return undefined
      }
      const midnight = new Date(Date.parse(`${today}T00:00:00Z`) + DAY_MS).toISOString().replace('.000Z', 'Z')
      return rateLimited('Daily-limit', {
        ...headers('light'),
        'x-ratelimit-limit': String(settings.zoomMeetingWritesPerDay),
        'x-ratelimit-remaining': '0',
        'retry-after': midnight
      })
    },
    headers,
    clear: () => {
      for (const window of Object.values(perSecond)) window.clear()
      writes = new Map()
    }
  }
}
