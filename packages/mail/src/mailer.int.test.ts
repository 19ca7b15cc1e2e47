import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { OutcomeUnknownError } from '@leadlog/outbound'
import t, { type Test } from 'tap'
import { createMailer, type Mail } from './index.ts'

const MARCO = 'marco.ellison@example.org'
const mail: Mail = {
  to: MARCO,
  subject: 'Invoice INV-2026-00001',
  text: 'Hello',
  html: '<p>Hello</p>',
  messageId: '<m1@leadlog.invalid>',
  attachments: [{ name: 'invoice.pdf', type: 'application/pdf', content: Buffer.from('%PDF-') }]
}

type Step = 'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'content'

/** A mail server that says what it is told to at one step, or hangs up there, and takes everything else. */
async function mailServer(t: Test, at?: Step, says?: string) {
  const heard: string[] = []
  const taken: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    const answer = (step: Step, usual: string): void => {
      if (at !== step) socket.write(`${usual}\r\n`)
      else if (says === undefined) socket.destroy()
      else socket.write(`${says}\r\n`)
    }
    let content: string[] | null = null
    answer('greeting', '220 ready')
    createInterface({ input: socket }).on('line', (line) => {
      if (content !== null) {
        if (line !== '.') return void content.push(line)
        taken.push(content.join('\n'))
        content = null
        return answer('content', '250 taken')
      }
      heard.push(line)
      if (/^MAIL/.test(line)) return answer('MAIL', '250 ok')
      if (/^RCPT/.test(line)) return answer('RCPT', '250 ok')
      if (line !== 'DATA') return void socket.write('250 ok\r\n')
      if (at !== 'DATA') content = []
      answer('DATA', '354 go on')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Leadlog <leadlog@example.com>' })
  t.teardown(() => mailer.close())
  return { heard, taken, mailer, stop: () => new Promise((resolve) => server.close(resolve)) }
}

void t.test('a mail goes out, with its file and the name that it always has', async (t) => {
  const { mailer, taken } = await mailServer(t)
  await mailer.send(mail)
  t.equal(taken.length, 1)
  t.match(taken[0], 'Message-ID: <m1@leadlog.invalid>')
  t.match(taken[0], 'filename=invoice.pdf')
})

void t.test('one receiver is one receiver, whatever is written there', async (t) => {
  const { mailer, heard } = await mailServer(t)
  await mailer.send({ ...mail, to: `${MARCO}, eve@example.net` }).catch(() => undefined)
  t.ok(heard.filter((line) => /^RCPT/.test(line)).length <= 1)
  t.notOk(heard.some((line) => /<eve@example\.net>/.test(line)))
})

void t.test('what a failure means follows from how far the mail had come', async (t) => {
  const cases: readonly (readonly [Step, string | undefined, string])[] = [
    ['greeting', undefined, 'MAIL_NOT_SENT'],
    ['greeting', '421 too busy', 'MAIL_NOT_SENT'],
    ['MAIL', '451 later', 'MAIL_NOT_SENT'],
    ['RCPT', `550 no such user ${MARCO}`, 'MAIL_REFUSED'],
    ['RCPT', `450 busy mailbox ${MARCO}`, 'MAIL_NOT_SENT'],
    ['DATA', '554 no', 'MAIL_REFUSED'],
    ['content', `554 spam from ${MARCO}`, 'MAIL_REFUSED'],
    ['content', '451 later', 'MAIL_NOT_SENT'],
    ['content', undefined, 'OUTBOUND_OUTCOME_UNKNOWN']
  ]
  for (const [at, says, code] of cases) {
    const { mailer, taken } = await mailServer(t, at, says)
    const error = await mailer.send(mail).then(
      () => new Error('it was sent'),
      (reason: unknown) => reason as Error
    )
    t.match(error, { code }, `${at} ${says ?? 'hung up'}`)
    t.notMatch(error.message, MARCO, 'the words of the server stay out')
    t.ok(taken.length <= 1, 'and it is not sent once more by itself')
  }
})

void t.test('a server that is away took nothing', async (t) => {
  const { mailer, stop } = await mailServer(t)
  await stop()
  await t.rejects(mailer.send(mail), { code: 'MAIL_NOT_SENT' })
})

void t.test('a mailer that is closed in the middle does not know', async (t) => {
  const { mailer, taken } = await mailServer(t, 'content', '')
  const sending = mailer.send(mail).catch((error: unknown) => error)
  while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve))
  mailer.close()
  t.ok((await sending) instanceof OutcomeUnknownError)
})
