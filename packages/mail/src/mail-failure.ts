import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '@leadlog/outbound'

/** What the library says of a failure, as far as it tells whether the mail was on its way. */
interface SmtpFailure {
  readonly code?: unknown
  readonly responseCode?: unknown
  readonly command?: unknown
  readonly syscall?: unknown
  readonly timeoutType?: unknown
}

/** Steps that come before the content of a mail. `CONN` is none: the library calls a connection so that breaks anywhere. */
const BEFORE_CONTENT = /^(API|EHLO|HELO|LHLO|STARTTLS|AUTH.*|MAIL FROM|RCPT TO|RSET)$/
const CODES_BEFORE_CONTENT: ReadonlySet<unknown> = new Set(['EDNS', 'EAUTH', 'EENVELOPE', 'ETLS', 'EREQUIRETLS'])
const TIMEOUTS_BEFORE_CONTENT: ReadonlySet<unknown> = new Set([
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'UPGRADE_TIMEOUT'
])

/**
 * What a failure to send means: refused for good, not sent, or unknown, because the server may have taken the mail and its
 * word was lost. The server's own text is not kept.
 *
 * @param wasClosed the mailer was closed meanwhile, which breaks off what is being sent
 */
export function mailFailure(error: unknown, wasClosed: boolean): Error {
  const failure = (error ?? {}) as SmtpFailure
  const { responseCode } = failure
  if (typeof responseCode === 'number' && responseCode >= 500 && responseCode !== 503) {
    const message = `The mail server refused the mail (${responseCode}). Check the address of the receiver and MAIL_FROM`
    return new PermanentError('MAIL_REFUSED', message)
  }
  if (typeof responseCode === 'number' || isBeforeContent(failure, wasClosed)) {
    const step = [responseCode, failure.command, failure.code].find((part) => part !== undefined && part !== false)
    return new TransientError(
      'MAIL_NOT_SENT',
      `The mail server did not take the mail (${String(step)}). It is tried again`
    )
  }
  return new OutcomeUnknownError('The mail server did not say whether it took the mail.', { reason: 'connection-lost' })
}

function isBeforeContent({ code, command, syscall, timeoutType }: SmtpFailure, wasClosed: boolean): boolean {
  if (typeof command === 'string' && BEFORE_CONTENT.test(command)) return true
  if (CODES_BEFORE_CONTENT.has(code) || TIMEOUTS_BEFORE_CONTENT.has(timeoutType)) return true
  // A server that hangs up before its greeting, again and again: the library says so without a step.
  return syscall === 'connect' || (code === 'ECONNECTION' && command === undefined && !wasClosed)
}
