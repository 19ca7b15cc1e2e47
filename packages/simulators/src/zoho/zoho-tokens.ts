import type { SimulatorClock } from '../clock.ts'
import { sha256Hex } from '../seeded.ts'
import type { Settings } from '../settings.ts'
import { createSlidingWindow } from '../sliding-window.ts'

/** The access tokens that Zoho's accounts server has given out. */
export interface ZohoTokens {
  /** A fresh access token, or `undefined` while the refresh token is throttled. */
  issue(): string | undefined
  isValid(token: string): boolean
  /** Makes every token given out so far invalid. */
  revokeAll(): void
  issued(): number
  clear(): void
}

/** Active access tokens per refresh token; a further one drops the oldest. */
const ACTIVE_TOKENS = 15

export const createZohoTokens = (clock: SimulatorClock, settings: Settings, seed: string): ZohoTokens => {
  const window = createSlidingWindow(clock.now)
  let active: { token: string; expiresAt: number }[] = []
  let issued = 0
  return {
    issue: () => {
      if (!window.take(1, settings.zohoTokensPerWindow, settings.zohoTokenWindowMs)) return undefined
      issued += 1
      const at = clock.now().getTime()
      const digest = sha256Hex(`${seed} ${at} ${issued}`)
      const token = `1000.${digest.slice(0, 32)}.${digest.slice(32)}`
      active.push({ token, expiresAt: at + settings.zohoTokenLifetimeSeconds * 1000 })
      active = active.slice(-ACTIVE_TOKENS)
      return token
    },
    isValid: (token) => active.some((known) => known.token === token && known.expiresAt > clock.now().getTime()),
    revokeAll: () => {
      active = []
    },
    issued: () => issued,
    clear: () => {
      active = []
      issued = 0
      window.clear()
    }
  }
}
