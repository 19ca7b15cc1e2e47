import { createTransport } from 'nodemailer'
import { mailFailure } from './mail-failure.ts'

/** A file that goes with an e-mail. */
export interface MailAttachment {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

/** One e-mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same at every attempt, so that whoever gets it twice all the same sees one. A random one where it is absent. */
  readonly messageId?: string
  readonly attachments?: readonly MailAttachment[]
  /** Who gets answers, where that is not the sender. */
  readonly replyTo?: string
  /** What calendars take from the mail by themselves (RFC 6047). */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string }
}

/** Sends mail, or says whether it was sent. */
export interface Mailer {
  /**
   * Resolves when the mail server took it.
   *
   * @throws PermanentError MAIL_REFUSED, TransientError MAIL_NOT_SENT where it was not sent
   * @throws OutcomeUnknownError where it may have been
   */
  send(mail: Mail): Promise<void>
  close(): void
}

/** A mail server that does not answer must not hold anything up for minutes. */
const CONNECT_TIMEOUT_MS = 5_000
const ANSWER_TIMEOUT_MS = 15_000

/** Through the mail server of `SMTP_URL`: `smtps://user:password@mail.example.com`. */
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
  let closed = false
  return {
    async send({ to, attachments = [], replyTo, calendar, ...mail }) {
      try {
        await transport.sendMail({
          ...mail,
          // As an object: a text would be read as a list of addresses.
          to: { name: '', address: to },
          ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
          ...(calendar === undefined ? {} : { icalEvent: { ...calendar, filename: 'invitation.ics' } }),
          attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content }))
        })
      } catch (error) {
        throw mailFailure(error, closed)
      }
    },
    close() {
      closed = true
      transport.close()
    }
  }
}
