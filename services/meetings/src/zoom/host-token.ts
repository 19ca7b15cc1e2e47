import { setTimeout as delay } from 'node:timers/promises'
import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError, type AccessToken, type SingleFlightToken } from '@leadlog/outbound'
import type { GrantedTokens, ZoomOauth } from '@leadlog/zoom'
import type { Logger } from '@leadlog/service'
import { zoomGrantRefused, zoomNotConnected } from '../errors.ts'
import type { ZoomGrant, ZoomGrants } from './zoom-grants.ts'

export interface HostTokenOptions {
  readonly grants: ZoomGrants
  readonly oauth: Pick<ZoomOauth, 'refresh'>
  /** Zoom does not know the permission any more: told once, before anybody is refused for it. */
  readonly onRefused: (email: string) => Promise<void>
  readonly logger: Logger
  readonly now: () => number
}

/** Replaced a good while before its end, so that a refresh that does not work has time to work again. */
const EARLY_MS = 900_000

/** While another process refreshes: how often to look, and for how long. */
const LOOK_EVERY_MS = 100
const LOOK_FOR_MS = 30_000

/** Between two attempts to keep tokens that Zoom has given. */
const STORE_AGAIN_MS = 250
const STORE_FOR_MS = 45_000

/**
 * The access tokens of a host. The refresh token is good once, so of all processes one refreshes: who claimed the
 * generation in Postgres. Tokens that Zoom gave are kept before anybody uses them, and that is tried until it works or
 * the claim ends. A process that dies in between leaves its claim; when that ends another tries the refresh token again:
 * it works where Zoom was never asked, and where Zoom has answered into the void the grant is over and is said to be.
 */
export function hostToken(email: string, options: HostTokenOptions): Pick<SingleFlightToken, 'use'> {
  const { now } = options

  const good = (grant: ZoomGrant, refusedValue: string | undefined, earlyMs: number): boolean =>
    grant.accessToken !== refusedValue && now() + earlyMs < grant.accessUntil

  const get = async (refusedValue?: string): Promise<AccessToken> => {
    for (const giveUpAt = performance.now() + LOOK_FOR_MS; ;) {
      const grant = await options.grants.find(email)
      if (grant === null) throw zoomNotConnected(email)
      if (grant.refused) throw zoomGrantRefused(email)
      if (good(grant, refusedValue, EARLY_MS)) return accessToken(grant)
      if (await options.grants.claim(grant)) {
        await refresh(grant, options)
        continue
      }
      // Another process is at it; what is at hand may be good for some minutes more.
      if (good(grant, refusedValue, 0)) return accessToken(grant)
      if (performance.now() > giveUpAt) throw busy(email)
      await delay(LOOK_EVERY_MS * (0.5 + Math.random()))
    }
  }

  return {
    async use(call, wasRefused) {
      const first = await get()
      try {
        return await call(first)
      } catch (error) {
        if (!wasRefused(error)) throw error
      }
      return call(await get(first.value))
    }
  }
}

async function refresh(grant: ZoomGrant, options: HostTokenOptions): Promise<void> {
  const { grants, oauth, onRefused, logger } = options
  let tokens: GrantedTokens
  try {
    tokens = await oauth.refresh(grant.refreshToken)
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'ZOOM_GRANT_REFUSED') {
      await onRefused(grant.email)
      await grants.refuse(grant)
      return
    }
    // It may have been used up: nobody asks again before the claim has ended, lest an answer on its way is lost.
    if (!(error instanceof OutcomeUnknownError)) await grants.release(grant)
    throw error
  }
  for (const giveUpAt = performance.now() + STORE_FOR_MS; ;) {
    try {
      await grants.store(grant, tokens)
      return
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      logger.warn({ err: error }, 'new tokens of Zoom could not be kept yet; that is tried again')
      await delay(STORE_AGAIN_MS)
    }
  }
}

function accessToken({ accessToken: value, accessUntil }: ZoomGrant): AccessToken {
  return { value, expiresAt: new Date(accessUntil), details: {} }
}

function busy(email: string): TransientError {
  const message = `Another process has been refreshing the Zoom token of ${email} for too long. It is tried again later.`
  return new TransientError('MEETINGS_ZOOM_TOKEN_BUSY', message, { countsAsAttempt: false })
}
