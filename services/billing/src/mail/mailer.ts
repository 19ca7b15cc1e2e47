import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '@leadlog/outbound'
import { createTransport } from 'nodemailer'

/** One e-mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachment: { readonly name: string; readonly type: string; readonly content: Buffer }
  /** The same at every attempt, so that whoever gets it twice all the same sees one. */
  readonly messageId: string
}

/** Sends mail, or says whether it was sent. */
export interface Mailer {
  /**
   * Resolves when the mail server took it.
   *
   * @throws PermanentError BILLING_MAIL_REFUSED, TransientError BILLING_MAIL_NOT_SENT where it was not sent
   * @throws OutcomeUnknownError where it may have been
   */
  send(mail: Mail): Promise<void>
  close(): void
}

/** A mail server that does not answer must not hold anything up for minutes. */
const CONNECT_TIMEOUT_MS = 5_000
const ANSWER_TIMEOUT_MS = 15_000

/** Through the mail server of `SMTP_URL`. */
export function createMailer(options: { url: string; from: string }): Mailer {
  const transport = createTransport(
    {
      url: options.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: ANSWER_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true
    },
    { from: options.from }
  )
  return {
    async send({ attachment, ...mail }) {
      const { name, type, content } = attachment
      try {
        await transport.sendMail({ ...mail, attachments: [{ filename: name, contentType: type, content }] })
      } catch (error) {
        throw whatFailed(error)
      }
    },
    close: () => transport.close()
  }
}

/** Refused, not sent, or unknown: a mail may have been taken once its content was on the way. The server's text is not kept. */
function whatFailed(error: unknown): Error {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  if (responseCode !== undefined && responseCode >= 500) {
    const message = `The mail server refused the mail (${responseCode}). Check the address of the customer and MAIL_FROM`
    return new PermanentError('BILLING_MAIL_REFUSED', message)
  }
  if (responseCode !== undefined || (command !== undefined && command !== 'DATA')) {
    const message = `The mail server did not take the mail (${responseCode ?? command ?? ''}). It is tried again`
    return new TransientError('BILLING_MAIL_NOT_SENT', message)
  }
  return new OutcomeUnknownError('The mail server did not say whether it took the mail.', { reason: 'connection-lost' })
}
