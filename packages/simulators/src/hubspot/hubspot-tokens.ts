import type { SimulatorClock } from '../clock.ts'
import { sha256Hex } from '../seeded.ts'
import type { Settings } from '../settings.ts'

/** Access tokens: the private app's own, and those that the OAuth server gave out. */
export interface HubspotTokens {
  issue(): { token: string; expiresInSeconds: number }
  /** `unknown` for a token that was never given out here. */
  stateOf(token: string): 'good' | 'expired' | 'unknown'
  /** Makes every OAuth token given out so far invalid. */
  revokeAll(): void
  issued(): number
  clear(): void
}

/** `oauth-<issued at, ms, hex>-<number>-<proof>` */
const TOKEN_FORM = /^oauth-([0-9a-f]+)-(\d+)-[0-9a-f]{64}$/

/** An OAuth token proves by itself that it was given out here, so that it stays valid over a restart. */
export const createHubspotTokens = (clock: SimulatorClock, settings: Settings, seed: string): HubspotTokens => {
  let revokedUntil = 0
  let issued = 0
  const tokenOf = (at: number, number: number): string =>
    `oauth-${at.toString(16)}-${number}-${sha256Hex(`hubspot ${seed} ${at} ${number}`)}`
  const now = (): number => clock.now().getTime()
  return {
    issue: () => {
      issued += 1
      const token = tokenOf(Math.max(now(), revokedUntil + 1), issued)
      return { token, expiresInSeconds: settings.hubspotTokenLifetimeSeconds }
    },
    stateOf: (token) => {
      const [, atHex = '', number = ''] = TOKEN_FORM.exec(token) ?? []
      const at = Number.parseInt(atHex, 16)
      if (Number.isNaN(at) || token !== tokenOf(at, Number(number))) return 'unknown'
      return at > revokedUntil && at + settings.hubspotTokenLifetimeSeconds * 1000 > now() ? 'good' : 'expired'
    },
    revokeAll: () => {
      revokedUntil = now()
    },
    issued: () => issued,
    clear: () => {
      revokedUntil = now()
      issued = 0
    }
  }
}
