import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { SimulatorClock } from '../clock.ts'
import type { MailboxStore } from './mailbox-store.ts'

/** As large providers take it. */
const MAX_BYTES = 25 * 1024 * 1024
/** Senders keep connections open for their next mail; nobody waits for it. */
const CLOSE_WITHIN_MS = 500

/** A mail server that takes every mail for everybody and passes none on. */
export interface SmtpReceiver {
  /** The port that it listens on. */
  listen(options: { host: string; port: number }): Promise<number>
  close(): Promise<void>
}

export const createSmtpReceiver = (store: MailboxStore, clock: SimulatorClock): SmtpReceiver => {
  const take = async (stream: SMTPServerDataStream, receivers: readonly string[]): Promise<void> => {
    const mail = await simpleParser(stream)
    store.add({
      at: clock.now().toISOString(),
      from: mail.from?.text ?? '',
      to: receivers.map((address) => address.toLowerCase()),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: typeof mail.html === 'string' ? mail.html : '',
      calendar:
        mail.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString('utf8') ?? ''
    })
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Whoever signs in is let in: credentials are the real server's matter.
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    allowInsecureAuth: true,
    size: MAX_BYTES,
    disableReverseLookup: true,
    closeTimeout: CLOSE_WITHIN_MS,
    onData: (stream, session, done) => {
      take(
        stream,
        session.envelope.rcptTo.map(({ address }) => address)
      ).then(
        () => done(stream.sizeExceeded ? new Error('The mail is too large') : null),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error)))
      )
    }
  })
  server.on('error', () => undefined)
  return {
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.server.once('error', reject)
        server.listen(port, host, () => {
          server.server.off('error', reject)
          resolve((server.server.address() as AddressInfo).port)
        })
      }),
    close: () => new Promise((resolve) => server.close(() => resolve()))
  }
}
