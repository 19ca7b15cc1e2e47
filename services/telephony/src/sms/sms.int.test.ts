import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import {
  CancelSms,
  commandId,
  ContactReleased,
  ContactSuppressed,
  isEvent,
  LeadCaptured,
  LeadDetailsChanged,
  newEvent,
  SaveSmsTemplate,
  SendSms,
  SmsAttributed,
  SmsDispatched,
  SmsNotSent,
  SmsReceived,
  SmsSent,
  SmsStatusReported,
  type CommandData,
  type CommandDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService } from '@leadlog/service'
import { createSimulators, twilioSignature } from '@leadlog/simulators'
import { eventually, testDatabase, testNats } from '@leadlog/testing'
import { suppressionRef } from '../suppression/suppression.ts'
import { messageOf, messageRef, receivedMessageId } from './message.ts'

const TOKEN = 'simulated-twilio-auth-token-0001'
const ACCOUNT = 'AC00000000000000000000000000000001'
const NUMBERS = ['+16465550100', '+16465550101', '+16465550102']
const MARCO = '+14155550142'

/** The service as a process of its own, which can be killed, between real ingest and the simulated Twilio. */
async function texting(t: Test) {
  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const logger = createLogger({ service: 'telephony', level: 'silent' })
  const simulators = await createSimulators()
  t.teardown(() => simulators.app.close())
  const origin = await simulators.app.listen({ host: '127.0.0.1', port: 0 })
  const environment = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    TWILIO_AUTH_TOKEN: TOKEN,
    INGEST_PORT: '0',
    LOG_LEVEL: 'error'
  }
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  const settings = {
    ...environment,
    DATABASE_URL: database.url,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_API_URL: `${origin}/twilio`,
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    INGEST_URL: receiver.url,
    TELEPHONY_URL: 'http://127.0.0.1:1',
    TELEPHONY_PORT: '0',
    TELEPHONY_QUIET_HOURS: 'none',
    TELEPHONY_EFFECT_LEASE_SECONDS: '2',
    TELEPHONY_SMS_PER_SECOND_PER_NUMBER: '4'
  }
  const running: ChildProcess[] = []
  const start = (): void => {
    const main = new URL('../main.ts', import.meta.url).pathname
    const env = { PATH: process.env['PATH'], ...settings }
    running.push(spawn(process.execPath, [main], { env, stdio: 'inherit' }))
  }
  const kill = async (child: ChildProcess | undefined): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  t.teardown(() => Promise.all(running.map(kill)))
  start()
  const { url: servers, prefix } = nats
  const log = await openEventLog({ servers, prefix, name: 'test', source: 'leadlog/test', logger })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment.LEADLOG_MASTER_KEY)
  const keyring = await openKeyring({ connection: log.connection, masterKey, prefix, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  let commands = 0
  return {
    log,
    keyring,
    twilio: simulators.state.twilio,
    faults: simulators.state.faults,
    start,
    /** The process that runs the longest. */
    killOldest: () => kill(running.shift()),
    command: async <C extends CommandDefinition>(command: C, data: CommandData<C>) => {
      commands += 1
      const id = commandId('user:test', command, String(commands))
      await log.sendCommand({ command, id, data, actor: 'user:test', personId: (address) => keyring.personId(address) })
      const outcome = await log.awaitOutcome(id, 30_000)
      if (outcome === null) throw new TypeError(`${command.name} was not done in time`)
      const answer: Record<string, unknown> =
        outcome.outcome === 'done' ? { ...outcome.result } : { code: outcome.code }
      return answer
    },
    /** As Twilio sends it. */
    webhook: async (path: string, fields: Record<string, string>) => {
      const url = `${receiver.url}/webhooks/twilio/${path}`
      const body = new URLSearchParams({ AccountSid: ACCOUNT, ...fields })
      const headers = { 'x-twilio-signature': twilioSignature(TOKEN, url, body) }
      return (await fetch(url, { method: 'POST', body, headers })).status
    },
    message: async (id: unknown) => messageOf((await log.load(messageRef(String(id)))).events),
    history: async (id: unknown) => (await log.load(messageRef(String(id)))).events
  }
}

function sequenceOf(events: readonly RecordedEvent[], type: string): number | undefined {
  return events.find((event) => event.type === type)?.sequence
}

void t.test('messages', async (t) => {
  const { log, keyring, twilio, faults, start, killOldest, command, webhook, message, history } = await texting(t)
  const send = (to: string, text: string, from = NUMBERS[0] ?? '') => command(SendSms, { to, text, from })

  await t.test('with faults, two processes and one of them killed, each is sent exactly once', async (t) => {
    faults.set([
      {
        vendor: 'twilio',
        kind: ['drop-after', 'reset', '500', '503', '429'],
        probability: 0.2,
        seed: 'sms',
        retryAfterSeconds: 1
      }
    ])
    const wanted = Array.from({ length: 24 }, (_, index) => ({
      to: `+1415555${String(1000 + Math.floor(index / 2))}`,
      // Two of the same words to the same person are two messages.
      text: index % 4 < 2 ? 'Your demo is on Thursday.' : `Message ${index}`,
      from: NUMBERS[index % 3] ?? ''
    }))
    start()
    const ids: unknown[] = []
    for (const { to, text, from } of wanted) ids.push((await send(to, text, from))['messageId'])
    await eventually(() => twilio.messages.list().length >= 6)
    await killOldest()
    start()
    const settled = async () => {
      const messages = await Promise.all(ids.map(message))
      return messages.every(({ sent }) => sent !== null) ? messages : null
    }
    const messages = await eventually(settled, { within: 90_000 })
    faults.set([])
    const made = twilio.messages.list().map(({ to, from, body }) => JSON.stringify({ to, text: body, from }))
    t.strictSame(made.sort(), wanted.map((one) => JSON.stringify(one)).sort(), 'as wanted, each once')
    const named = twilio.messages
      .list()
      .map(({ statusCallback }) => new URL(statusCallback ?? '').searchParams.get('message'))
    t.strictSame(named.sort(), ids.map(String).sort(), 'no id went twice')
    t.equal(new Set(messages?.map(({ messageSid }) => messageSid)).size, wanted.length, 'each with an id of its own')
    t.ok(messages?.every(({ dispatches }) => dispatches.every(({ check }) => check.result === 'allowed')))
  })

  await t.test('STOP from a phone ends what waits for it at once; START lets it be written to again', async (t) => {
    // At once: what had to wait for each other would leave while the others are asked for.
    const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => send(MARCO, `Number ${index}`)))
    const ids = asked.map(({ messageId }) => messageId)
    const later = await command(SendSms, {
      to: MARCO,
      text: 'Later',
      sendAt: new Date(Date.now() + 3_600_000).toISOString()
    })
    t.match(later, { from: NUMBERS[0] }, 'from the number of the thread')
    await eventually(() => twilio.messages.list().filter(({ to }) => to === MARCO).length >= 2)
    const stop = {
      MessageSid: 'SM0000000000000000000000000000stop',
      From: MARCO,
      To: NUMBERS[0] ?? '',
      Body: 'Stop',
      NumMedia: '0'
    }
    t.equal(await webhook('sms', stop), 200)
    await eventually(async () =>
      (await Promise.all([...ids, later['messageId']].map(message))).every(({ sent, notSent }) => sent ?? notSent)
    )
    const suppression = await log.load(suppressionRef(keyring.personId(MARCO)))
    const stopped = sequenceOf(suppression.events, ContactSuppressed.type) ?? 0
    t.ok(stopped > 0)
    let ended = 0
    for (const id of [...ids, later['messageId']]) {
      const events = await history(id)
      const dispatched = sequenceOf(events, SmsDispatched.type)
      if (dispatched !== undefined) t.ok(dispatched < stopped, 'it had gone before')
      const notSent = events.find((event) => isEvent(event, SmsNotSent))
      if (notSent && isEvent(notSent, SmsNotSent)) {
        ended += 1
        t.match(notSent.data, { reason: 'suppressed', check: { reason: 'opted-out', suppressionVersion: stopped } })
      } else t.ok(events.some((event) => isEvent(event, SmsSent)))
    }
    t.ok(ended >= 10, `${ended} were ended`)
    t.match(await send(MARCO, 'Are you there?'), { code: 'TELEPHONY_CONTACT_SUPPRESSED' })
    t.equal(await webhook('sms', { ...stop, MessageSid: 'SM000000000000000000000000000start', Body: 'START' }), 200)
    const open = async () =>
      (await log.load(suppressionRef(keyring.personId(MARCO)))).events.some((event) => isEvent(event, ContactReleased))
    await eventually(open)
    const { messageId } = await send(MARCO, 'Are you there?')
    await eventually(async () => (await message(messageId)).sent)
  })

  await t.test('what came in is a thread, with its pictures; callbacks name our message', async (t) => {
    const sid = 'SM00000000000000000000000000000mms'
    const media = { NumMedia: '1', MediaUrl0: 'https://api.twilio.com/x', MediaContentType0: 'image/png' }
    await webhook('sms', { MessageSid: sid, From: MARCO, To: NUMBERS[1] ?? '', Body: 'Look', ...media })
    const received = await eventually(async () =>
      (await history(receivedMessageId(sid))).find((event) => isEvent(event, SmsReceived))
    )
    t.match(received?.data, { text: 'Look', media: [{ contentType: 'image/png' }], word: null })
    const answer = await command(SendSms, { to: MARCO, text: 'Nice', inReplyTo: receivedMessageId(sid) })
    t.match(answer, { from: NUMBERS[1] }, 'the newest thread')
    const status = { MessageSid: 'SM0000000000000000000000000000some', From: NUMBERS[1] ?? '', To: MARCO }
    await webhook(`sms-status?message=${String(answer['messageId'])}`, { ...status, MessageStatus: 'delivered' })
    await webhook(`sms-status?message=${String(answer['messageId'])}`, { ...status, MessageStatus: 'sent' })
    const ofOurs = async () =>
      (await history(answer['messageId'])).filter(
        (event) => isEvent(event, SmsStatusReported) && event.data.messageSid === status.MessageSid
      )
    await eventually(async () => (await ofOurs()).length === 2)
    t.equal((await message(answer['messageId'])).report?.status, 'delivered')
  })

  await t.test('messages come to a lead known later, and leave with a corrected number', async (t) => {
    const number = '+14155550166'
    const sid = 'SM0000000000000000000000000stranger'
    await webhook('sms', { MessageSid: sid, From: number, To: NUMBERS[0] ?? '', Body: 'Hello', NumMedia: '0' })
    await eventually(async () => (await history(receivedMessageId(sid))).length > 0)
    const sent = String((await send(number, 'Who are you?'))['messageId'])
    await eventually(async () => (await message(sent)).sent)
    const leadsOf = async (id: string) =>
      (await history(id)).flatMap((event) => (isEvent(event, SmsAttributed) ? [event.data.leadId] : []))
    const record = (name: string, event: NewEvent) =>
      log.transact({
        cause: { id: name, correlationId: name },
        handler: 'test',
        actor: 'service:crm',
        load: [],
        decide: () => [event]
      })
    const customer = { email: 'r@n.example', name: 'Rosa', firstName: 'Rosa', lastName: null, timezone: null }
    const ids = { leadId: 'rosa', personId: 'rosa' }
    const captured = { ...ids, origin: 'calendly' as const, capturedAt: '2026-11-18T10:00:00Z' }
    const withPhone = (phone: string) => ({ customer: { ...customer, phone } })
    await record('rosa', newEvent(LeadCaptured, 'rosa', { ...captured, ...withPhone(number) }))
    for (const id of [receivedMessageId(sid), sent]) await eventually(async () => (await leadsOf(id))[0] === 'rosa')
    const later = String((await send(number, 'Hello Rosa'))['messageId'])
    t.equal((await message(later)).requested?.leadId, 'rosa')
    const changed = { ...ids, ...withPhone('+14155550167'), changed: ['phone' as const] }
    await record('corrected', newEvent(LeadDetailsChanged, 'rosa', changed))
    await eventually(async () => (await leadsOf(later))[0] === null)
    for (const id of [receivedMessageId(sid), sent]) {
      await eventually(async () => (await leadsOf(id)).length === 2)
      t.strictSame(await leadsOf(id), ['rosa', null])
    }
  })

  await t.test('templates, what waits can be taken back, and what is refused', async (t) => {
    const saved = await command(SaveSmsTemplate, {
      templateId: 'reminder',
      name: 'Reminder',
      text: 'Hi {{lead.firstName|there}}, see you {{day}}.',
      variables: ['day']
    })
    t.match(saved, { version: 1, segments: 1 })
    t.match(await command(SaveSmsTemplate, { templateId: 'x', name: 'X', text: '{{day}}' }), {
      code: 'TELEPHONY_TEMPLATE_INVALID'
    })
    const sendAt = new Date(Date.now() + 3_600_000).toISOString()
    const from = NUMBERS[2] ?? ''
    const reminder = { to: '+14155550177', from, templateId: 'reminder', sendAt }
    t.match(await command(SendSms, reminder), { code: 'TELEPHONY_SMS_VARIABLE_MISSING' })
    const { messageId } = await command(SendSms, { ...reminder, variables: { day: 'on Monday' } })
    t.equal((await message(messageId)).requested?.text, 'Hi there, see you on Monday.')
    t.match(await command(CancelSms, { messageId: String(messageId) }), { messageId })
    t.match((await message(messageId)).notSent, { reason: 'canceled' })
    t.match(await command(CancelSms, { messageId: 'nobody' }), { code: 'TELEPHONY_SMS_UNKNOWN' })
    t.match(await command(SendSms, { to: '555', text: 'x' }), { code: 'TELEPHONY_NUMBER_INVALID' })
    t.match(await command(SendSms, { to: '+14155550188', text: 'x' }), { code: 'TELEPHONY_SMS_NO_SENDER' })
    t.match(await command(SendSms, { to: MARCO, text: 'x', purpose: 'answer' }), {
      code: 'TELEPHONY_SMS_NOT_AN_ANSWER'
    })
    t.match(await send(MARCO, '🙂'.repeat(500)), { code: 'TELEPHONY_SMS_TOO_LONG' })
    twilio.optOuts.set('+14155550199', from, true)
    const refused = await send('+14155550199', 'Hello', from)
    await eventually(async () => (await message(refused['messageId'])).notSent?.code === 'TWILIO_21610')
    t.match(
      await send('+14155550199', 'Hello', from),
      { code: 'TELEPHONY_CONTACT_SUPPRESSED' },
      "the vendor's block is kept"
    )
  })
})
