import { duration } from './format.ts'

/** What is told of a problem. */
interface Problem {
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds: number | null
}

const WORDS: Readonly<Record<string, string>> = {
  LINK_INVALID: 'This link was used already, or it is older than 15 minutes. Ask for a new one.',
  LINK_OF_OTHER_BROWSER: 'This link is good only in the browser that asked for it. Ask for one here.',
  SIGN_IN_EXPIRED: 'Too much time went by. Begin anew with a link.',
  CODE_WRONG: 'This code is not right. Take the one that your app shows now.',
  CODE_USED: 'This code was used already. Wait for the next one.',
  USER_DISABLED: 'This account is disabled. An admin can enable it again.',
  SIGN_IN_NOT_CONFIGURED: 'No mail can be sent from here, so there are no links. Whoever runs Leadlog sets SMTP_URL.'
}

/** Why signing in did not go on, and what to do. */
export function signInProblem({ code, message, retryAfterSeconds }: Problem): string {
  if (code === 'SIGN_IN_THROTTLED' || code === 'RATE_LIMIT_EXCEEDED') {
    return retryAfterSeconds === null
      ? 'Too many attempts. Wait a little.'
      : `Too many attempts. Try again in ${duration(Math.ceil(retryAfterSeconds / 60) * 60_000)}.`
  }
  return WORDS[code] ?? message
}

const NEW_LINK = new Set(['LINK_INVALID', 'LINK_OF_OTHER_BROWSER', 'SIGN_IN_EXPIRED'])

/** Whether only a new link helps. */
export function needsNewLink({ code }: Pick<Problem, 'code'>): boolean {
  return NEW_LINK.has(code)
}

const SECRET_FORM = /^[\w-]{43}$/

/** The secret of a mailed link, which stands behind the `#` of its address; null where there is none. */
export function linkIn(hash: string): string | null {
  const secret = hash.replace(/^#/, '')
  return SECRET_FORM.test(secret) ? secret : null
}

/** Where to go after signing in: an address of this site, or the overview. */
export function safeReturn(address: string | null): string {
  return address !== null && /^\/(?![/\\])/.test(address) && !address.startsWith('/sign-in') ? address : '/'
}
