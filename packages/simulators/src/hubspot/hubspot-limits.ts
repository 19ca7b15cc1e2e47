import type { SimulatorClock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import type { VendorAnswer } from '../vendors.ts'
import { rateLimitAnswer } from './hubspot-errors.ts'

const TEN_SECONDS_MS = 10_000
const SECOND_MS = 1_000
const DAY_MS = 86_400_000

export interface HubspotLimits {
  /** The refusal of a call that is one too many; otherwise it is counted. */
  refuse(isSearch: boolean): VendorAnswer | undefined
  /** What answers tell of the limits; those of searches tell nothing. */
  headers(isSearch: boolean): Record<string, string>
  usedToday(): number
  clear(): void
}

/** The account's limits: calls in ten seconds and in a day, searches in a second. */
export const createHubspotLimits = (clock: SimulatorClock, settings: Settings): HubspotLimits => {
  const rolling = createSlidingWindow(clock.now)
  const searches = createSlidingWindow(clock.now)
  const day = createSlidingWindow(clock.now)

  const headers = (isSearch: boolean): Record<string, string> => {
    const max = settings.hubspotRequestsPerTenSeconds
    if (isSearch || max === null) return {}
    return {
      'x-hubspot-ratelimit-max': String(max),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, max - rolling.used(TEN_SECONDS_MS))),
      'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS_MS),
      'x-hubspot-ratelimit-daily': String(settings.hubspotRequestsPerDay),
      'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, settings.hubspotRequestsPerDay - day.used(DAY_MS)))
    }
  }

  return {
    refuse: (isSearch) => {
      if (!day.take(1, settings.hubspotRequestsPerDay, DAY_MS)) return rateLimitAnswer('DAILY', headers(isSearch))
      if (isSearch) {
        const { hubspotSearchesPerSecond: max } = settings
        return max === null || searches.take(1, max, SECOND_MS) ? undefined : rateLimitAnswer('SECONDLY')
      }
      const { hubspotRequestsPerTenSeconds: max } = settings
      return max === null || rolling.take(1, max, TEN_SECONDS_MS)
        ? undefined
        : rateLimitAnswer('TEN_SECONDLY_ROLLING', headers(false))
    },
    headers,
    usedToday: () => day.used(DAY_MS),
    clear: () => {
      rolling.clear()
      searches.clear()
      day.clear()
    }
  }
}
