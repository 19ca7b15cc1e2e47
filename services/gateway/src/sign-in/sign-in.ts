import type { RequestOrigin } from '@leadlog/contracts'
import type { Mailer } from '@leadlog/mail'
import { HttpProblem, type Logger } from '@leadlog/service'
import { newSecret, secretDigest, secretKey } from '../access/secret.ts'
import type { AttemptLimit, Throttle } from '../rate-limit/throttle.ts'
import type { SecondFactors } from '../second-factor/second-factors.ts'
import { newSessionId, type Sessions } from '../sessions/sessions.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import type { Proof, User } from '../users/user.ts'
import { UserRefusal, type UserBook } from '../users/user-book.ts'
import { signInMail } from './sign-in-mail.ts'

const MINUTE_MS = 60_000
/** How long a link is good for. */
export const LINK_TTL_MS = 15 * MINUTE_MS
/** Time to find one's authenticator app. */
export const HALF_TTL_MS = 10 * MINUTE_MS

/** Mails that one account gets, whoever asks. */
const LINKS_OF_ACCOUNT: AttemptLimit = { max: 5, windowMs: 15 * MINUTE_MS }
/** Guesses at the code of one account: of a million codes, three of which are good at a time. */
const CODES_OF_ACCOUNT: AttemptLimit = { max: 5, windowMs: 15 * MINUTE_MS }
/** Attempts of one address at anything of it: more than an office behind one address needs. */
const OF_ADDRESS: AttemptLimit = { max: 30, windowMs: 15 * MINUTE_MS }

/** Where a request comes from, and its id. */
export interface Asking {
  readonly origin: RequestOrigin
  readonly requestId: string
}

export type SignInStep =
  | { readonly state: 'signed-in'; readonly user: User; readonly secret: string }
  | { readonly state: 'code-needed'; readonly half: string }

/** Signing in by a link that is mailed, then by a code where the user wants one. */
export interface SignIn {
  /**
   * Mails a link to the address if it is a user's, and says nothing of whether it is: the answer does not wait for the
   * look. The link opens only in the browser that holds `browser`.
   *
   * @throws HttpProblem 429 SIGN_IN_THROTTLED; 503 SIGN_IN_NOT_CONFIGURED
   */
  request(email: string, browser: string, asking: Asking): Promise<void>
  /** @throws HttpProblem 401 LINK_INVALID, LINK_OF_OTHER_BROWSER; 429 SIGN_IN_THROTTLED */
  confirm(link: string, browser: string | undefined, asking: Asking): Promise<SignInStep>
  /** @throws HttpProblem 401 SIGN_IN_EXPIRED, CODE_WRONG, CODE_USED; 429 SIGN_IN_THROTTLED */
  prove(half: string | undefined, code: string, asking: Asking): Promise<SignInStep & { state: 'signed-in' }>
  /** Counts a guess at a user's code. @throws HttpProblem 429 SIGN_IN_THROTTLED */
  countGuess(userId: string, asking: Asking): Promise<void>
  /** Waits for the mails under way. */
  close(): Promise<void>
}

interface LinkRecord {
  readonly userId: string
  readonly browser: string
}

export function createSignIn(options: {
  users: UserBook
  sessions: Sessions
  secondFactors: SecondFactors
  store: VolatileStore
  throttle: Throttle
  /** Undefined where no mail server is configured. */
  mailer: Mailer | undefined
  /** The page that confirms a link, as people reach it; the link's secret is put behind its `#`. */
  pageUrl: string
  logger: Logger
}): SignIn {
  const { users, sessions, secondFactors, store, throttle, mailer, pageUrl, logger } = options
  const mailing = new Set<Promise<void>>()

  const mailLink = async (email: string, browser: string, { origin, requestId }: Asking): Promise<void> => {
    const userId = users.idOf(email)
    const { allowed } = await throttle.attempt(`link:${userId}`, LINKS_OF_ACCOUNT)
    const user = allowed ? await users.find(userId) : null
    if (user === null || user.disabled || mailer === undefined) return
    const link = newSecret()
    const record: LinkRecord = { userId, browser: digest(browser) }
    await store.put(secretKey('link', link), JSON.stringify(record), LINK_TTL_MS)
    const minutes = LINK_TTL_MS / MINUTE_MS
    await mailer.send(signInMail({ to: user.email, link: `${pageUrl}#${link}`, device: origin.device, minutes }))
    await users.run(userId, { do: 'note-link', origin }, { actor: 'service:gateway', requestId })
  }

  const countAddress = async (address: string): Promise<void> => {
    const { allowed, waitMs } = await throttle.attempt(`address:${address}`, OF_ADDRESS)
    if (!allowed) throw throttled(waitMs)
  }

  const countGuess = async (userId: string, { origin, requestId }: Asking): Promise<void> => {
    await countAddress(origin.address)
    const { allowed, first, waitMs } = await throttle.attempt(`code:${userId}`, CODES_OF_ACCOUNT)
    if (allowed) return
    if (first) await noteRefusal(userId, 'too-many-attempts', { origin, requestId })
    throw throttled(waitMs)
  }

  const noteRefusal = (
    userId: string,
    reason: 'code-wrong' | 'code-used' | 'too-many-attempts' | 'other-browser',
    { origin, requestId }: Asking
  ) => users.run(userId, { do: 'note-refusal', reason, origin }, { actor: 'service:gateway', requestId })

  /** Recorded first: a session that no event tells of would be one that nobody sees. */
  const begin = async (user: User, proof: Proof, { origin, requestId }: Asking) => {
    const sessionId = newSessionId()
    await users.run(user.id, { do: 'sign-in', sessionId, proof, origin }, { actor: `user:${user.id}`, requestId })
    const { secret } = await sessions.begin({ id: sessionId, userId: user.id, ...origin })
    return { state: 'signed-in', user, secret } as const
  }

  return {
    async request(email, browser, asking) {
      if (mailer === undefined)
        throw new HttpProblem(503, 'SIGN_IN_NOT_CONFIGURED', 'No mail can be sent here: SMTP_URL is not set')
      await countAddress(asking.origin.address)
      const sending: Promise<void> = mailLink(email, browser, asking)
        .catch((error: unknown) => logger.error({ err: error }, 'a link to sign in with could not be mailed'))
        .finally(() => mailing.delete(sending))
      mailing.add(sending)
    },
    async confirm(link, browser, asking) {
      await countAddress(asking.origin.address)
      const key = secretKey('link', link)
      const known = await store.get(key)
      if (known === null) throw linkInvalid()
      const { userId, browser: asked } = JSON.parse(known) as LinkRecord
      if (browser === undefined || digest(browser) !== asked) {
        await noteRefusal(userId, 'other-browser', asking)
        throw new HttpProblem(
          401,
          'LINK_OF_OTHER_BROWSER',
          'The link is good only in the browser that asked for it; ask for one here'
        )
      }
      if ((await store.take(key)) === null) throw linkInvalid()
      const user = await users.find(userId)
      if (user === null || user.disabled) throw linkInvalid()
      if (user.secondFactor === null) return begin(user, { kind: 'none' }, asking)
      const half = newSecret()
      await store.put(secretKey('half', half), userId, HALF_TTL_MS)
      return { state: 'code-needed', half }
    },
    async prove(half, code, asking) {
      const key = half === undefined ? null : secretKey('half', half)
      const userId = key === null ? null : await store.get(key)
      const user = userId === null ? null : await users.find(userId)
      if (key === null || user === null || user.disabled) throw expired()
      await countGuess(user.id, asking)
      const proof = await secondFactors.check(user, code)
      if (proof === null) {
        await noteRefusal(user.id, 'code-wrong', asking)
        throw new HttpProblem(401, 'CODE_WRONG', 'The code is wrong; take the one that your app shows now')
      }
      try {
        const step = await begin(user, proof, asking)
        await store.remove([key])
        return step
      } catch (error) {
        if (error instanceof UserRefusal && error.code === 'CODE_USED') await noteRefusal(user.id, 'code-used', asking)
        throw error
      }
    },
    countGuess,
    async close() {
      await Promise.all(mailing)
    }
  }
}

function linkInvalid(): HttpProblem {
  return new HttpProblem(
    401,
    'LINK_INVALID',
    'The link was used already or is older than 15 minutes; ask for a new one'
  )
}

function expired(): HttpProblem {
  return new HttpProblem(401, 'SIGN_IN_EXPIRED', 'Too much time went by; begin anew with a link')
}

function throttled(waitMs: number): HttpProblem {
  return new HttpProblem(429, 'SIGN_IN_THROTTLED', 'Too many attempts; wait a little', {
    retryAfterSeconds: Math.ceil(waitMs / 1000)
  })
}

function digest(text: string): string {
  return secretDigest(text).toString('base64url')
}
