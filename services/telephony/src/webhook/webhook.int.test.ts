import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import {
  AssignNumber,
  CallWebhookAnswered,
  commandId,
  FlowPublished,
  isEvent,
  newEvent,
  type CommandData,
  type CommandDefinition,
  type FlowDocument
} from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService } from '@leadlog/service'
import { runCall } from '@leadlog/simulators'
import { eventually, testDatabase, testNats } from '@leadlog/testing'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { messageOf, messageRef } from '../sms/message.ts'
import { telephony } from '../service.ts'

const TOKEN = '12345678901234567890123456789012'
const OURS = '+16465550100'
const SECRET = `whsec_${randomBytes(32).toString('base64')}`

void t.test('a call sends a message and asks another system, each once', async (t) => {
  const asked: { body: string; headers: Record<string, string> }[] = []
  let answer = (): { status: number; body: string } => ({ status: 200, body: '{"state":"packed","boxes":2,"x":{}}' })
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      asked.push({ body: Buffer.concat(parts).toString(), headers: request.headers as Record<string, string> })
      const { status, body } = answer()
      response.writeHead(status).end(body)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  t.teardown(() => receiver.close())
  const address = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/order?a=1`

  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const logger = createLogger({ service: 'telephony', level: 'silent' })
  const environment = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    DATABASE_URL: database.url,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    TWILIO_AUTH_TOKEN: TOKEN,
    TELEPHONY_WEBHOOK_SECRET: SECRET,
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    TELEPHONY_PORT: '0'
  }
  const service = await startService(telephony, { logger, environment })
  t.teardown(() => service.stop())
  const { url: servers, prefix } = nats
  const log = await openEventLog({ servers, prefix, name: 'test', source: 'leadlog/test', logger })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment.LEADLOG_MASTER_KEY)
  const keyring = await openKeyring({ connection: log.connection, masterKey, prefix, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  let commands = 0
  const command = async <C extends CommandDefinition>(definition: C, data: CommandData<C>) => {
    commands += 1
    const id = commandId('user:test', definition, String(commands))
    await log.sendCommand({ command: definition, id, data, actor: 'user:test' })
    const outcome = await log.awaitOutcome(id, 30_000)
    t.equal(outcome?.outcome, 'done', `${definition.name} ${JSON.stringify(outcome)}`)
  }
  const call = (seed: string) =>
    runCall(
      {
        from: '+14155550142',
        to: OURS,
        voiceUrl: `${service.url}/twilio/voice`,
        fallbackUrl: `${service.url}/twilio/voice/fallback`,
        acts: []
      },
      { accountSid: 'AC00000000000000000000000000000001', authToken: TOKEN, seed, now: () => new Date() }
    )

  const flow: FlowDocument = {
    start: 'link',
    language: 'en-US',
    fallbackNumber: null,
    steps: [
      { id: 'link', kind: 'sms', to: 'caller', text: 'Your link, {{lead.firstName|friend}}', next: 'order' },
      {
        id: 'order',
        kind: 'webhook',
        // Published past the check, which wants https: a test's own server has no certificate.
        url: address,
        timeoutSeconds: 5,
        variable: 'order',
        next: 'told',
        otherwise: 'sorry'
      },
      { id: 'told', kind: 'hangup', prompt: { say: 'It is {{answers.order_state|lost}}.' } },
      { id: 'sorry', kind: 'hangup', prompt: { say: 'We do not know.' } }
    ]
  }
  await log.transact({
    cause: { id: 'published', correlationId: 'published' },
    handler: 'test',
    actor: 'service:telephony',
    load: [],
    decide: () => [
      newEvent(FlowPublished, 'orders', { flowId: 'orders', version: 1, draft: 1, name: 'Orders', document: flow })
    ]
  })
  await command(AssignNumber, { number: OURS, flowId: 'orders' })

  // The service follows the log: a number that was given a flow a moment ago may not be known yet.
  const told = await eventually(async () => {
    const record = await call(`one ${randomBytes(4).toString('hex')}`)
    return JSON.stringify(record).includes('cannot take your call') ? null : record
  })
  t.match(JSON.stringify(told), 'It is packed.')
  t.equal(asked.length, 1, 'however often the call looked')
  const [request] = asked
  t.doesNotThrow(() => new Webhook(SECRET).verify(request?.body ?? '', request?.headers ?? {}))
  t.match(JSON.parse(request?.body ?? '{}'), {
    type: 'call.step',
    data: { step: 'order', from: '+14155550142', to: OURS, flow: { flowId: 'orders', version: 1 } }
  })
  const { events } = await log.load(callRef(callIdOf(told.sid)))
  const requested = events.find(({ type }) => type === 'telephony.CallSmsRequested.v1')
  const messageId = (requested?.data as { requestId: string }).requestId
  const message = await eventually(async () => messageOf((await log.load(messageRef(messageId))).events).requested)
  t.match(message, { to: '+14155550142', from: OURS, text: 'Your link, friend', purpose: 'answer' })

  answer = () => ({ status: 500, body: '' })
  t.match(JSON.stringify(await call('two')), 'We do not know.')
  t.equal(asked.length, 2, 'a failure is not tried again while somebody waits')
  const answers = events.filter((event) => isEvent(event, CallWebhookAnswered))
  t.match(answers, [{ data: { answered: true, fields: { state: 'packed', boxes: '2' } } }])
})
