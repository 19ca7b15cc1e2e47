import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'
import t from 'tap'
import { createSimulators } from '../simulators.ts'

/** Speaks SMTP line by line, as a mail program does. */
async function send(port: number, mail: { to: string; lines: readonly string[] }): Promise<void> {
  const socket = createConnection({ host: '127.0.0.1', port })
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
  const expectCode = async (code: string): Promise<void> => {
    for (;;) {
      const { value } = await answers.next()
      const line = String(value)
      if (!line.startsWith(code)) throw new Error(`${line} instead of ${code}`)
      if (line[3] !== '-') return
    }
  }
  const say = async (line: string, code: string): Promise<void> => {
    socket.write(`${line}\r\n`)
    await expectCode(code)
  }
  await expectCode('220')
  await say('EHLO test', '250')
  await say('MAIL FROM:<leadlog@leadlog.example>', '250')
  await say(`RCPT TO:<${mail.to}>`, '250')
  await say('DATA', '354')
  await say([...mail.lines, '.'].join('\r\n'), '250')
  await say('QUIT', '221')
  socket.destroy()
}

await t.test('mail for anybody is kept, shown as text, found by receiver, and never passed on', async (t) => {
  const { app, state, smtp } = await createSimulators()
  t.teardown(() => app.close())
  const port = await smtp.listen({ host: '127.0.0.1', port: 0 })
  await send(port, {
    to: 'Dana.Whitfield@leadlog.example',
    lines: [
      'From: Leadlog <leadlog@leadlog.example>',
      'To: Dana.Whitfield@leadlog.example',
      'Subject: =?utf-8?Q?Sign_in_=E2=80=93_now?=',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'http://127.0.0.1:8080/sign-in#abc',
      '<script>alert(1)</script>'
    ]
  })
  t.match(state.mailbox.list('dana.whitfield@LEADLOG.example'), [
    { number: 1, subject: 'Sign in – now', to: ['dana.whitfield@leadlog.example'], text: /#abc/ }
  ])
  const listed = await app.inject('/_control/mails?to=dana.whitfield@leadlog.example')
  t.equal(listed.json<{ data: unknown[] }>().data.length, 1)
  t.same((await app.inject('/_control/mails?to=nobody@leadlog.example')).json(), { data: [] })
  const page = (await app.inject('/mailbox')).body
  t.match(page, '<a href="http://127.0.0.1:8080/sign-in#abc">')
  t.match(page, '&lt;script&gt;alert(1)')
  t.notMatch(page, '<script')
  await app.inject({ method: 'POST', url: '/_control/reset' })
  t.same(state.mailbox.list(), [])
})
