import {
  commandId,
  createEventRegistry,
  defineCommand,
  defineEvent,
  eventRegistry,
  isEvent,
  newEvent,
  PermanentError,
  refuse,
  TransientError,
  type Decider
} from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { eventually, testNats, type TestContext } from '@leadlog/testing'
import { Type } from '@sinclair/typebox'
import t from 'tap'
import { systemClock } from '../clock.ts'
import { createLogger } from '../logger.ts'
import { defineCommandHandler } from './command-handler.ts'
import { startCommands } from './start-commands.ts'

const logger = createLogger({ service: 'bank', level: 'silent' })
/** Longer than anything takes; who waits so long was not told. */
const LONG_MS = 60_000

const Withdraw = defineCommand({
  service: 'bank',
  name: 'Withdraw',
  description: 'Takes money out.',
  data: Type.Object({ account: Type.String(), amount: Type.Integer() }),
  result: Type.Object({ left: Type.Integer() })
})
const Close = defineCommand({
  service: 'bank',
  name: 'Close',
  description: 'Closes an account.',
  data: Type.Object({ account: Type.String() }),
  result: Type.Object({})
})
const Withdrawn = defineEvent({
  type: 'bank.Withdrawn.v1',
  aggregate: 'account',
  description: 'Money went out.',
  data: Type.Object({ amount: Type.Integer() })
})
const registry = createEventRegistry([...eventRegistry.definitions, Withdrawn, Withdraw.message, Close.message])

const withdraw: Decider<number, { account: string; amount: number }> = {
  initialState: () => 10,
  evolve: (left, event) => (isEvent(event, Withdrawn) ? left - event.data.amount : left),
  decide: ({ account, amount }, left) =>
    amount > left
      ? refuse('BANK_TOO_LITTLE', `There are only ${left} left`)
      : [newEvent(Withdrawn, account, { amount })]
}

const account = (id: string) => ({ context: 'bank', aggregate: 'account', id })

interface Hooks {
  /** Runs after the events are appended and before the outcome is recorded. */
  afterAppend(attempt: number): void
}

const withdrawCommand = defineCommandHandler({
  command: Withdraw,
  emits: [Withdrawn],
  handle: async (data, hooks: Hooks, { execute, attempt, load }) => {
    const result = await execute({ ref: account(data.account), decider: withdraw, command: data })
    hooks.afterAppend(attempt)
    if ('refusal' in result) return result.refusal
    const { events } = await load(account(data.account))
    return { left: events.reduce((left, event) => withdraw.evolve(left, event), withdraw.initialState()) }
  }
})

async function open(t: TestContext, server?: { url: string; prefix: string }): Promise<EventLog> {
  const { url, prefix } = server ?? (await testNats(t))
  const log = await openEventLog({ servers: url, prefix, name: 'bank', logger, registry })
  t.teardown(() => log.close())
  await log.ensureStreams()
  return log
}

async function start(t: TestContext, log: EventLog, hooks: Hooks = { afterAppend: () => undefined }): Promise<void> {
  const host = { service: 'bank', log, deps: hooks, clock: systemClock, retryDelaysMs: [10, 10] }
  const running = await startCommands([withdrawCommand], host)
  t.teardown(() => running?.stop())
}

async function send(log: EventLog, key: string, data: { account: string; amount: number }): Promise<string> {
  const id = commandId('user:ada', Withdraw, key)
  await log.sendCommand({ command: Withdraw, id, data, actor: 'user:ada' })
  return id
}

void t.test('done, with the result and the place of its event; refused, with words for a person', async (t) => {
  const log = await open(t)
  await start(t, log)
  const first = await send(log, '1', { account: 'a', amount: 8 })
  t.match(await log.awaitOutcome(first, LONG_MS), {
    service: 'bank',
    command: 'Withdraw',
    outcome: 'done',
    result: { left: 2 },
    eventSequence: 1
  })
  t.match((await log.load(account('a'))).events, [{ actor: 'user:ada', correlationid: first, causationid: first }])
  const second = await send(log, '2', { account: 'a', amount: 3 })
  t.match(await log.awaitOutcome(second, LONG_MS), {
    outcome: 'refused',
    code: 'BANK_TOO_LITTLE',
    message: 'There are only 2 left'
  })
})

void t.test('about somebody who was erased: refused, and no dead letter', async (t) => {
  const log = await open(t)
  await start(t, log, {
    afterAppend() {
      throw new PermanentError('KEYRING_KEY_DESTROYED', 'the key of p1 was destroyed')
    }
  })
  const id = await send(log, '1', { account: 'a', amount: 1 })
  t.match(await log.awaitOutcome(id, LONG_MS), { outcome: 'refused', code: 'PERSON_ERASED', message: /was erased/ })
  t.equal(await log.getLast('DEAD_LETTERS', 'dead.bank.commands'), null)
})

void t.test('a crash between the events and the outcome changes nothing', async (t) => {
  const log = await open(t)
  const attempts: number[] = []
  await start(t, log, {
    afterAppend(attempt) {
      attempts.push(attempt)
      if (attempt < 3) throw new TransientError('BANK_CRASHED', 'the process ended here')
    }
  })
  const id = await send(log, '1', { account: 'a', amount: 8 })
  t.match(await log.awaitOutcome(id, LONG_MS), { outcome: 'done', result: { left: 2 }, eventSequence: 1 })
  t.same(attempts, [1, 2, 3])
  t.equal((await log.load(account('a'))).events.length, 1)
})

void t.test('an outcome that was recorded but not acknowledged is kept: the handler does not run again', async (t) => {
  const log = await open(t)
  let runs = 0
  let settled = 0
  const forgetful: EventLog = {
    ...log,
    settleCommand: async (request) => {
      const outcome = await log.settleCommand(request)
      settled += 1
      if (settled === 1) throw new TransientError('BANK_CRASHED', 'the process ended here')
      return outcome
    }
  }
  await start(t, forgetful, { afterAppend: () => void (runs += 1) })
  const id = await send(log, '1', { account: 'a', amount: 8 })
  t.match(await log.awaitOutcome(id, LONG_MS), { outcome: 'done' })
  const next = await send(log, '2', { account: 'a', amount: 1 })
  await log.awaitOutcome(next, LONG_MS)
  t.equal(runs, 2)
  t.equal((await log.load(account('a'))).events.length, 2)
})

void t.test(
  'failed for good, failed too often, unknown: whoever asked is told, and there is a dead letter',
  async (t) => {
    const log = await open(t)
    let failure: Error = new PermanentError('BANK_BROKEN', 'the vault is gone')
    await start(t, log, {
      afterAppend() {
        throw failure
      }
    })
    const id = await send(log, '1', { account: 'a', amount: 1 })
    t.match(await log.awaitOutcome(id, LONG_MS), {
      outcome: 'failed',
      code: 'BANK_BROKEN',
      message: /waits for an operator/
    })
    // Whoever asked is told first.
    await eventually(async () => (await log.getLast('DEAD_LETTERS', 'dead.bank.commands')) !== null)
    t.match(await log.getLast('DEAD_LETTERS', 'dead.bank.commands'), { data: { eventId: id, stream: 'COMMANDS' } })

    failure = new TransientError('BANK_AWAY', 'the vault is closed')
    const again = await send(log, '2', { account: 'a', amount: 1 })
    t.match(await log.awaitOutcome(again, LONG_MS), { outcome: 'failed', code: 'BANK_AWAY' })

    const strange = commandId('user:ada', Close, '3')
    await log.sendCommand({ command: Close, id: strange, data: { account: 'a' }, actor: 'user:ada' })
    t.match(await log.awaitOutcome(strange, LONG_MS), { outcome: 'failed', code: 'SERVICE_COMMAND_UNKNOWN' })
  }
)

void t.test('two processes share the commands; each is done once', async (t) => {
  const server = await testNats(t)
  const logs = [await open(t, server), await open(t, server)]
  for (const log of logs) await start(t, log)
  const [asking] = logs
  if (!asking) throw new Error('two logs were opened')
  const ids = await Promise.all(
    Array.from({ length: 30 }, (_, index) => send(asking, String(index % 15), { account: `a${index % 3}`, amount: 1 }))
  )
  t.equal(new Set(ids).size, 15, 'each was sent twice')
  const outcomes = await Promise.all(ids.map((id) => asking.awaitOutcome(id, LONG_MS)))
  t.ok(outcomes.every((outcome) => outcome?.outcome === 'done'))
  for (const id of ['a0', 'a1', 'a2']) t.equal((await asking.load(account(id))).events.length, 5, id)
})
