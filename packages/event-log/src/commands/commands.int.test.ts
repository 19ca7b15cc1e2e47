import { commandId, type CommandData, type CommandSettled, type DataOf } from '@leadlog/contracts'
import { isolatedNats, testNats } from '@leadlog/testing'
import t from 'tap'
import type { EventLog } from '../event-log.ts'
import { commandsRegistry, OpenAccount } from '../fixtures/bank-commands.ts'
import { inMemoryCipher } from '../fixtures/in-memory-cipher.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'

const registry = commandsRegistry
const actor = 'api-key:test'
const id = commandId(actor, OpenAccount, 'key-1')
/** Longer than anything takes; who waits so long was not told. */
const LONG_MS = 60_000

function send(log: EventLog, data: CommandData<typeof OpenAccount>) {
  return log.sendCommand({ command: OpenAccount, id, data, actor, personId: () => 'person-1' })
}

function settle(log: EventLog, facts: Partial<DataOf<typeof CommandSettled>> = {}) {
  const nothing = { result: null, eventSequence: null, code: null, message: null }
  return log.settleCommand({
    data: { commandId: id, service: 'bank', command: 'OpenAccount', outcome: 'done', ...nothing, ...facts },
    actor: 'service:bank',
    cause: { id, correlationId: id }
  })
}

void t.test('a command is stored once, sealed, and a repetition is told from another command', async (t) => {
  const cipher = inMemoryCipher()
  const log = await openTestLog(t, { registry, cipher })
  t.not(commandId('user:eve', OpenAccount, 'key-1'), id, 'a key belongs to who sends it')
  const [one, two] = await Promise.all([send(log, { owner: 'ada', limit: 5 }), send(log, { limit: 5, owner: 'ada' })])
  t.same([one.repeated, two.repeated].toSorted(), [false, true], 'of two at once one is the repetition')
  t.equal(one.sequence, two.sequence)
  await t.rejects(send(log, { owner: 'ada', limit: 6 }), { code: 'EVENT_LOG_COMMAND_KEY_REUSED' })
  await t.rejects(send(log, { owner: 'eve', limit: 5 }), { code: 'EVENT_LOG_COMMAND_KEY_REUSED' })
  await t.rejects(send(log, { owner: 'ada', limit: 5, note: 'more' }), { code: 'EVENT_LOG_COMMAND_KEY_REUSED' })
  await t.rejects(send(log, { owner: 'ada', limit: 0.5 }), { code: 'EVENT_LOG_EVENT_INVALID' })
  t.match(await log.findCommand(id), {
    service: 'bank',
    name: 'OpenAccount',
    message: { id, actor, correlationid: id, data: { owner: 'ada', limit: 5, personId: 'person-1' } }
  })
  cipher.destroy('person-1')
  t.match(await log.findCommand(id), { message: { data: { owner: '[erased]', limit: 5 } } })
})

void t.test('a repetition is absorbed by its subject where the message id is forgotten', async (t) => {
  const log = await openTestLog(t, { registry, cipher: inMemoryCipher() })
  const { sequence } = await log.record({
    stream: 'COMMANDS',
    subject: `cmd.bank.OpenAccount.${id}`,
    id: 'another-message-id',
    definition: OpenAccount.message,
    aggregateId: id,
    data: { owner: 'ada', limit: 5, personId: 'person-1' },
    actor,
    cause: { id, correlationId: id }
  })
  t.same(await send(log, { owner: 'ada', limit: 5 }), { repeated: true, sequence })
})

void t.test('the first outcome stands, unless it was a failure', async (t) => {
  const log = await openTestLog(t, { registry, cipher: inMemoryCipher() })
  t.equal(await log.findOutcome(id), null)
  await settle(log, { outcome: 'failed', code: 'BANK_BROKEN', message: 'broken' })
  t.match(await log.findOutcome(id), { outcome: 'failed', code: 'BANK_BROKEN' })
  await Promise.all([settle(log, { result: { accountId: 'a' } }), settle(log, { result: { accountId: 'a' } })])
  t.match(await settle(log, { outcome: 'refused', code: 'NO', message: 'no' }), { outcome: 'done' })
  t.match(await log.findOutcome(id), { outcome: 'done', result: { accountId: 'a' } })
})

void t.test('who waits is told, before and after the fact, also by another process', async (t) => {
  const { url, prefix } = await testNats(t)
  const cipher = inMemoryCipher()
  const [asking, working] = await Promise.all(
    [0, 1].map(() => openTestLog(t, { servers: url, prefix, registry, cipher }))
  )
  if (!asking || !working) throw new Error('two logs were opened')
  t.equal(await asking.awaitOutcome(id, 0), null, 'nothing yet')
  const [told] = await Promise.all([asking.awaitOutcome(id, LONG_MS), settle(working, { eventSequence: 3 })])
  t.match(told, { outcome: 'done', eventSequence: 3 })
  t.match(await asking.awaitOutcome(id, LONG_MS), { outcome: 'done' }, 'late')
})

void t.test('an outcome that comes while the connection is away is found after it', async (t) => {
  const server = await isolatedNats(t)
  const cipher = inMemoryCipher()
  const asking = await openTestLog(t, { servers: server.url, registry, cipher })
  const waiting = asking.awaitOutcome(id, LONG_MS)
  await server.kill()
  await server.restart()
  const working = await openTestLog(t, { servers: server.url, registry, cipher })
  await settle(working)
  t.match(await waiting, { outcome: 'done' })
})
