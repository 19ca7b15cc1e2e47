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

/** `1000.<issued at, ms, hex>-<number>.<proof>` */
const TOKEN_FORM = /^1000\.([0-9a-f]+)-(\d+)\.[0-9a-f]{64}$/

/**
 * A token proves by itself that it was given out here, so that it stays valid over a restart, as with the vendor:
 * whoever keeps tokens elsewhere must not be refused because this process is new.
 */
export const createZohoTokens = (clock: SimulatorClock, settings: Settings, seed: string): ZohoTokens => {
  const window = createSlidingWindow(clock.now)
  let active: string[] = []
  let dropped = new Set<string>()
  let revokedUntil = 0
  let issued = 0
  const tokenOf = (at: number, number: number): string =>
    `1000.${at.toString(16)}-${number}.${sha256Hex(`${seed} ${at} ${number}`)}`
  const now = (): number => clock.now().getTime()
  return {
    issue: () => {
      if (!window.take(1, settings.zohoTokensPerWindow, settings.zohoTokenWindowMs)) return undefined
      issued += 1
      const token = tokenOf(Math.max(now(), revokedUntil + 1), issued)
      active = [...active, token]
      dropped = new Set([...dropped, ...active.slice(0, -ACTIVE_TOKENS)])
      active = active.slice(-ACTIVE_TOKENS)
      return token
    },
    isValid: (token) => {
      const [, atHex = '', number = ''] = TOKEN_FORM.exec(token) ?? []
      const at = Number.parseInt(atHex, 16)
      const isOurs = token === tokenOf(at, Number(number)) && !dropped.has(token)
      return isOurs && at > revokedUntil && at + settings.zohoTokenLifetimeSeconds * 1000 > now()
    },
    revokeAll: () => {
      revokedUntil = now()
    },
    issued: () => issued,
    clear: () => {
      revokedUntil = now()
      active = []
      issued = 0
      window.clear()
    }
  }
}
