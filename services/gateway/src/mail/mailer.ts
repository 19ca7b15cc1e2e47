import { createTransport } from 'nodemailer'

/** One e-mail to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Sends mail. */
export interface Mailer {
  /** Resolves when the mail server took it. */
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
  return {
    async send(mail) {
      await transport.sendMail(mail)
    },
    close: () => transport.close()
  }
}
