import {
  commandId,
  discardDeadLetter,
  PermanentError,
  retryDeadLetter,
  simulateDeadLetter,
  TransientError,
  type CommandDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { Booked, CloseDay, failingInTurn, Judged, LONG_MS, startBank, type TestBank } from '../fixtures/bank-service.ts'

/** Asks for an act on a dead letter and waits for its outcome. */
function ask(
  bank: TestBank,
  definition: (service: string) => CommandDefinition,
  letter: RecordedEvent | undefined,
  more: object = {},
  key?: string
) {
  const place = { deadLetterId: letter?.id ?? 'none', deadLetterSequence: letter?.sequence ?? 1 }
  return bank.command(definition, { ...place, ...more }, key)
}

/** The newest act on the letter. */
async function lastAct({ log }: TestBank, letter: RecordedEvent | undefined): Promise<RecordedEvent | null> {
  const { service, handler } = letter?.data as { service: string; handler: string }
  return log.getLast('DEAD_LETTERS', `dead.${service}.${handler}.${letter?.id ?? ''}`)
}

const ok = { outcome: 'done', result: { outcome: 'ok' } }
const typesOf = (events: readonly RecordedEvent[]) => events.map(({ type }) => type)

void t.test(
  'a retry goes through the same handler and closes the letter; what half succeeded is not repeated',
  async (t) => {
    let broken = true
    const bank = await startBank(t, {
      ask: () => {
        if (broken) throw new PermanentError('BANK_BROKEN', 'the vault 17 is shut')
        return 'good'
      }
    })
    await bank.order('a')
    const [letter] = await bank.letters(1)
    const { fingerprint } = letter?.data as { fingerprint: string }

    const again = await ask(bank, retryDeadLetter, letter)
    t.match(again, { outcome: 'done', result: { outcome: 'failed', code: 'BANK_BROKEN', fingerprint } })
    t.match(await lastAct(bank, letter), {
      type: 'ops.DeadLetterRetryFailed.v1',
      actor: 'user:ada',
      correlationid: 'webhook a',
      data: { deadLetterId: letter?.id, handler: 'book', code: 'BANK_BROKEN', fingerprint }
    })

    broken = false
    t.match(await ask(bank, retryDeadLetter, letter), ok)
    t.match(await lastAct(bank, letter), { type: 'ops.DeadLetterResolved.v1', actor: 'user:ada' })
    const booked = await bank.booked('a')
    t.same(typesOf(booked), [Booked.type, Judged.type], 'booked once in three runs')
    t.ok(booked.every(({ causationid, actor }) => causationid === booked[0]?.causationid && actor === 'service:bank'))

    t.match(await ask(bank, retryDeadLetter, letter), { outcome: 'refused', code: 'OPS_DEAD_LETTER_CLOSED' })
    t.match(await ask(bank, discardDeadLetter, letter, { reason: 'late' }), { code: 'OPS_DEAD_LETTER_CLOSED' })
    t.equal((await bank.booked('a')).length, 2)
    t.match(await ask(bank, retryDeadLetter, undefined), { outcome: 'refused', code: 'OPS_DEAD_LETTER_UNKNOWN' })
  }
)

void t.test('a retry can have another result, although the first attempt had recorded one', async (t) => {
  const answers = ['unusable', 'unusable', 'good']
  const bank = await startBank(t, { ask: () => answers.shift() ?? 'asked too often' })
  await bank.order('a')
  const [letter] = await bank.letters(1)
  t.match(await ask(bank, retryDeadLetter, letter), { result: { outcome: 'failed', code: 'BANK_UNUSABLE' } })
  t.match(await ask(bank, retryDeadLetter, letter), ok)
  const judged = (await bank.booked('a')).filter(({ type }) => type === Judged.type)
  t.same(
    judged.map(({ data }) => (data as { verdict: string }).verdict),
    ['unusable', 'unusable', 'good']
  )
})

void t.test('a batch handler is run with the one message', async (t) => {
  let broken = true
  const bank = await startBank(t, {
    ask: ({ data }) => {
      if (broken && (data as { amount: number }).amount >= 1_000) throw new PermanentError('BANK_FULL', 'no room')
      return 'good'
    }
  })
  await bank.order('small')
  await bank.order('big', 5_000)
  const letters = await bank.letters(2)
  broken = false
  for (const letter of letters) t.match(await ask(bank, retryDeadLetter, letter), ok)
  t.same(letters.map(({ data }) => (data as { handler: string }).handler).sort(), ['book', 'count'])
})

void t.test('a retry that crashed before its outcome was told finds what it did', async (t) => {
  let asked = 0
  const bank = await startBank(t, {
    ask: () => {
      asked += 1
      if (asked === 1) throw new PermanentError('BANK_BROKEN', 'shut')
      return 'good'
    }
  })
  await bank.order('a')
  const [letter] = await bank.letters(1)
  await ask(bank, retryDeadLetter, letter, {}, 'once')
  t.match(await ask(bank, retryDeadLetter, letter, {}, 'once'), ok, 'the same request again')
  t.equal(asked, 2)
})

void t.test('what is away puts the retry off; it is done when it is back', async (t) => {
  const failures: (Error | null)[] = [
    new PermanentError('BANK_BROKEN', 'shut'),
    new TransientError('BANK_AWAY', 'nobody there', { countsAsAttempt: false, retryAfterMs: 5 }),
    null
  ]
  const bank = await startBank(t, failingInTurn(failures))
  await bank.order('a')
  const [letter] = await bank.letters(1)
  t.match(await ask(bank, retryDeadLetter, letter), ok)
  t.equal(failures.length, 0)
})

void t.test(
  'two operators at once in two processes: the letter is closed once and nothing is done twice',
  async (t) => {
    let broken = true
    const outside = {
      ask: () => {
        if (broken) throw new PermanentError('BANK_BROKEN', 'shut')
        return 'good'
      }
    }
    const bank = await startBank(t, outside)
    const other = await startBank(t, outside, { server: bank.server })
    await bank.order('a')
    const [letter] = await bank.letters(1)
    broken = false
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => ask(index % 2 === 0 ? bank : other, retryDeadLetter, letter))
    )
    t.ok(outcomes.some((outcome) => outcome?.outcome === 'done'))
    for (const outcome of outcomes)
      t.match(outcome, outcome?.outcome === 'done' ? ok : { outcome: 'refused', code: /OPS_DEAD_LETTER_(CLOSED|BUSY)/ })
    t.match(await lastAct(bank, letter), { type: 'ops.DeadLetterResolved.v1' })
    t.equal((await bank.booked('a')).filter(({ type }) => type === Booked.type).length, 1)
    const acts = await Promise.all(
      Array.from({ length: await bank.log.lastSequence('DEAD_LETTERS') }, (_, index) =>
        bank.log.get('DEAD_LETTERS', index + 1)
      )
    )
    t.equal(acts.filter((event) => event?.type === 'ops.DeadLetterResolved.v1').length, 1)
  }
)

void t.test('discarded: for a reason, and closed', async (t) => {
  const bank = await startBank(t, {
    ask: () => {
      throw new PermanentError('BANK_BROKEN', 'shut')
    }
  })
  await bank.order('a')
  const [letter] = await bank.letters(1)
  const reason = 'a test order'
  t.match(await ask(bank, discardDeadLetter, letter, { reason }), { outcome: 'done', result: { discarded: true } })
  t.match(await lastAct(bank, letter), { type: 'ops.DeadLetterDiscarded.v1', actor: 'user:ada', data: { reason } })
  t.match(await ask(bank, retryDeadLetter, letter), {
    outcome: 'refused',
    code: 'OPS_DEAD_LETTER_CLOSED',
    message: /discarded before, by user:ada/
  })
})

void t.test('a dry run decides with the outside replaced, and records nothing', async (t) => {
  let asked = 0
  const bank = await startBank(
    t,
    {
      ask: () => {
        asked += 1
        throw new PermanentError('BANK_BROKEN', 'shut')
      }
    },
    { simulate: () => ({ ask: () => 'good' }) }
  )
  await bank.order('a')
  const [letter] = await bank.letters(1)
  const sequence = await bank.log.lastSequence('EVENTS')
  t.match(await ask(bank, simulateDeadLetter, letter), ok)
  t.equal(asked, 1, 'the outside was not asked')
  t.equal(await bank.log.lastSequence('EVENTS'), sequence)
  t.equal(await lastAct(bank, letter), null, 'the letter is as it was')

  const plain = await startBank(t, {
    ask: () => {
      throw new PermanentError('BANK_BROKEN', 'shut')
    }
  })
  await plain.order('a')
  const [other] = await plain.letters(1)
  t.match(await ask(plain, simulateDeadLetter, other), { outcome: 'refused', code: 'OPS_CANNOT_SIMULATE' })
})

void t.test('a command that became a dead letter is done after all, and its sender is told', async (t) => {
  let broken = true
  const bank = await startBank(t, {
    ask: () => {
      if (broken) throw new PermanentError('BANK_BROKEN', 'shut')
      return 'good'
    }
  })
  const id = commandId('user:bob', CloseDay, '1')
  await bank.log.sendCommand({ command: CloseDay, id, data: {}, actor: 'user:bob' })
  t.match(await bank.log.awaitOutcome(id, LONG_MS), { outcome: 'failed', code: 'BANK_BROKEN' })
  const [letter] = await bank.letters(1)
  t.match(letter?.data, { handler: 'commands', stream: 'COMMANDS' })
  t.match(await ask(bank, simulateDeadLetter, letter), { code: 'OPS_CANNOT_SIMULATE' })
  t.match(await ask(bank, retryDeadLetter, letter), { result: { outcome: 'failed', code: 'BANK_BROKEN' } })
  t.match(await bank.log.findOutcome(id), { outcome: 'failed' })
  broken = false
  t.match(await ask(bank, retryDeadLetter, letter), ok)
  await eventually(async () => (await bank.log.findOutcome(id))?.outcome === 'done')
  t.match(await bank.log.findOutcome(id), { outcome: 'done', result: { closed: true } })
})
