import { CaptureLead, type CommandSettled, type DataOf } from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { eventually, testNats, type TestContext } from '@leadlog/testing'
import t from 'tap'
import { testPersonIds } from '../fixtures/commands-away.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const logger = createLogger({ service: 'gateway', level: 'silent' })
const MASTER_KEY = Buffer.alloc(32, 7)
const path = '/v1/commands/crm/CaptureLead'
const body = { name: 'Ada Lovelace', email: 'ada@example.com', source: 'fair' }

async function openLog(t: TestContext): Promise<EventLog & { erase(personId: string): Promise<void> }> {
  const { url, prefix } = await testNats(t)
  const log = await openEventLog({ servers: url, prefix, name: 'gateway', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  const { connection } = log
  const keyring = await openKeyring({ connection, masterKey: MASTER_KEY, prefix, replicas: 1, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  const erase = async (personId: string): Promise<void> => {
    await keyring.seal(personId, 'something', 'of them')
    await keyring.destroyKey(personId)
  }
  return { ...log, erase }
}

/** What the service would record. */
async function settle(log: EventLog, commandId: string, facts: Partial<DataOf<typeof CommandSettled>>): Promise<void> {
  const nothing = { result: null, eventSequence: null, code: null, message: null }
  await log.settleCommand({
    data: { commandId, service: 'crm', command: 'CaptureLead', outcome: 'done', ...nothing, ...facts },
    actor: 'service:crm',
    cause: { id: commandId, correlationId: commandId }
  })
}

/** Answers the commands that come, as the service would. */
async function answering(log: EventLog, facts: Partial<DataOf<typeof CommandSettled>>): Promise<void> {
  const ended = new AbortController()
  for await (const { events } of log.batches({
    stream: 'COMMANDS',
    subjects: ['cmd.crm.>'],
    fromSequence: 1,
    maxEvents: 1,
    maxWaitMs: 5,
    signal: ended.signal
  })) {
    const [command] = events
    if (!command) continue
    await settle(log, command.id, facts)
    return
  }
}

void t.test('a command that is done at once: 200 with the result, and the same again for a repetition', async (t) => {
  const log = await openLog(t)
  const gateway = await testGateway(t, { deps: { commands: { log, keyring: testPersonIds } } })
  const key = { 'idempotency-key': 'k-1' }
  const done = { result: { leadId: 'p1', created: true }, eventSequence: 7 }
  const [answer] = await Promise.all([gateway.post(path, body, key), answering(log, done)])
  t.match(answer, {
    status: 200,
    body: { service: 'crm', command: 'CaptureLead', state: 'done', result: done.result, after: 7 }
  })
  const again = await gateway.post(path, Object.fromEntries(Object.entries(body).reverse()), key)
  t.match(again, { status: 200, headers: { 'idempotency-replayed': 'true' }, body: answer.body as object })
  t.match(await gateway.post(path, { ...body, name: 'Eve' }, key), {
    status: 422,
    headers: { 'content-type': /problem\+json/ },
    body: { code: 'IDEMPOTENCY_KEY_REUSED' }
  })
  const { id } = answer.body as { id: string }
  const sent = await log.findCommand(id)
  t.match(sent?.message, { actor: 'api-key:default', type: CaptureLead.message.type, data: body })
  t.match(await gateway.get(`/v1/commands/${id}`), {
    status: 200,
    body: { id, state: 'done', sentAt: sent?.message.time }
  })
})

void t.test('about somebody who was erased: refused, with what it means', async (t) => {
  const log = await openLog(t)
  const gateway = await testGateway(t, { deps: { commands: { log, keyring: testPersonIds } } })
  await log.erase(testPersonIds.personId(body.email))
  t.match(await gateway.post(path, body, { 'idempotency-key': 'k-1' }), {
    status: 409,
    body: { code: 'PERSON_ERASED', detail: /was erased/ }
  })
})

void t.test('one that nobody does in time: 202 with a place to ask, which tells the outcome later', async (t) => {
  const log = await openLog(t)
  const impatient = { ...log, awaitOutcome: (id: string) => log.awaitOutcome(id, 0) }
  const gateway = await testGateway(t, { deps: { commands: { log: impatient, keyring: testPersonIds } } })
  const answer = await gateway.post(path, body, { 'idempotency-key': 'k-1' })
  t.match(answer, { status: 202, headers: { 'retry-after': '1' }, body: { state: 'waiting' } })
  const location = String(answer.headers['location'])
  t.match(await gateway.get(location), { status: 200, body: { state: 'waiting' } })
  await settle(log, (answer.body as { id: string }).id, {
    outcome: 'refused',
    code: 'CRM_LEAD_EMAIL_UNUSABLE',
    message: 'no address'
  })
  await eventually(async () => ((await gateway.get(location)).body as { state: string }).state === 'refused')
  t.match(await gateway.post(path, body, { 'idempotency-key': 'k-1' }), {
    status: 409,
    body: { code: 'CRM_LEAD_EMAIL_UNUSABLE', detail: 'no address' }
  })
})

void t.test('what became of a command is told to who gave it, and to who may send such ones', async (t) => {
  const log = await openLog(t)
  const impatient = { ...log, awaitOutcome: (id: string) => log.awaitOutcome(id, 0) }
  const gateway = await testGateway(t, { deps: { commands: { log: impatient, keyring: testPersonIds } } })
  const { users } = gateway.access
  const sam = await gateway.signedIn('sam@own.example', 'manager')
  const sent = async (send: () => Promise<{ body: unknown }>) => ((await send()).body as { id: string }).id
  const ofSam = await sent(() => sam.request('POST', path, body, { 'idempotency-key': 'sams' }))
  const ofKey = await sent(() => gateway.post(path, { ...body, name: 'Eve' }, { 'idempotency-key': 'another' }))
  for (const id of [ofSam, ofKey]) t.equal((await sam.get(`/v1/commands/${id}`)).status, 200, 'a manager sees both')

  const doing = { actor: 'service:gateway', requestId: 'r-1' } as const
  await users.run(users.idOf('sam@own.example'), { do: 'change-role', role: 'user', by: null }, doing)
  t.match(await sam.get(`/v1/commands/${ofSam}`), { status: 200, body: { id: ofSam, state: 'waiting' } })
  const others = await sam.get(`/v1/commands/${ofKey}`)
  const none = await sam.get('/v1/commands/no-such-command')
  t.match([others, none], [{ status: 404 }, { status: 404, body: { code: 'COMMAND_NOT_FOUND' } }])
  const detailOf = ({ body: problem }: { body: unknown }, id: string) =>
    (problem as { detail: string }).detail.replace(id, 'ID')
  t.equal(detailOf(others, ofKey), detailOf(none, 'no-such-command'), 'another’s is answered as one that is not there')
  t.equal((await gateway.browser().get(`/v1/commands/${ofSam}`)).status, 401)
})

void t.test('one that failed says so and where to look', async (t) => {
  const log = await openLog(t)
  const gateway = await testGateway(t, { deps: { commands: { log, keyring: testPersonIds } } })
  const failed = { outcome: 'failed', code: 'X_BROKEN', message: 'It could not be done' } as const
  const [answer] = await Promise.all([gateway.post(path, body, { 'idempotency-key': 'k' }), answering(log, failed)])
  t.match(answer, { status: 500, body: { code: 'COMMAND_FAILED', detail: /X_BROKEN: .*\/v1\/commands\// } })
})

void t.test('what cannot be sent says why', async (t) => {
  const gateway = await testGateway(t)
  const key = { 'idempotency-key': 'k-1' }
  const cases = [
    [path, body, {}, 400, 'IDEMPOTENCY_KEY_MISSING'],
    [path, body, { 'idempotency-key': 'a b' }, 400, 'IDEMPOTENCY_KEY_INVALID'],
    [path, { ...body, email: 4 }, key, 400, 'COMMAND_INVALID'],
    [path, { ...body, nmae: 'x' }, key, 400, 'COMMAND_INVALID'],
    ['/v1/commands/crm/BurnLead', body, key, 404, 'COMMAND_UNKNOWN'],
    [path, body, { ...key, authorization: 'Bearer no' }, 401, 'API_KEY_WRONG'],
    [path, body, key, 503, 'COMMANDS_UNAVAILABLE']
  ] as const
  for (const [to, given, headers, status, code] of cases)
    t.match(await gateway.post(to, given, headers), { status, body: { code } }, code)
  t.match(await gateway.get('/v1/commands/a.b'), { status: 400, body: { code: 'ID_INVALID' } })
})

void t.test('capabilities are what the services declare', async (t) => {
  const gateway = await testGateway(t)
  const { body: answer } = await gateway.get('/v1/capabilities')
  const { commands } = answer as { commands: { name: string }[] }
  t.match(
    commands.find(({ name }) => name === 'CaptureLead'),
    {
      service: 'crm',
      path,
      description: CaptureLead.description,
      body: {
        type: 'object',
        required: ['name', 'email', 'source'],
        properties: { email: { type: 'string', pii: true } }
      },
      refusals: { CRM_LEAD_EMAIL_UNUSABLE: String }
    }
  )
})
