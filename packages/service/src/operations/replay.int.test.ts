import { PermanentError, replayMessage, TransientError } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { Booked, failingInTurn, Judged, startBank, type TestBank } from '../fixtures/bank-service.ts'

function replay(bank: TestBank, handler: string, sequence: number, more: object = {}) {
  return bank.command(replayMessage, { handler, stream: 'EVENTS', sequence, repeatEffects: [], ...more })
}

const ok = { outcome: 'done', result: { outcome: 'ok' } }

/** A booked order, and how often the outside was told of it. */
async function bookedOnce(t: Parameters<typeof startBank>[0]) {
  const told: string[] = []
  const bank = await startBank(t, {
    ask: () => 'good',
    tell: ({ id }) => {
      told.push(id)
      return `letter ${String(told.length)}`
    }
  })
  await bank.order('a')
  const events = await eventually(async () => {
    const booked = await bank.booked('a')
    return booked.length === 3 ? booked : null
  })
  const sequenceOf = (type: string) => events.find((event) => event.type === type)?.sequence ?? 0
  return { bank, told, booking: sequenceOf(Booked.type) }
}

void t.test('a replay finds what was recorded and sent; nothing is repeated', async (t) => {
  const { bank, told, booking } = await bookedOnce(t)
  const order = 1
  t.match(await replay(bank, 'book', order), ok)
  t.match(await replay(bank, 'tell', booking), ok)
  t.match(await replay(bank, 'count', order), ok, 'a batch handler too')
  t.equal((await bank.booked('a')).length, 3)
  t.equal(told.length, 1)
})

void t.test('an effect is made once more only where it is named, and once per request', async (t) => {
  const { bank, told, booking } = await bookedOnce(t)
  t.match(await replay(bank, 'tell', booking, { repeatEffects: ['letter'] }), ok)
  t.equal(told.length, 2)
  const judged = (await bank.booked('a')).filter(({ type }) => type === Judged.type)
  t.same(
    judged.map(({ data }) => (data as { verdict: string }).verdict),
    ['good', 'letter 1', 'letter 2']
  )
  t.match(await replay(bank, 'tell', booking), ok)
  t.equal(told.length, 2, 'a later replay without the name repeats nothing')
})

void t.test('what cannot be replayed is refused, and says why', async (t) => {
  const { bank, told, booking } = await bookedOnce(t)
  const refusals = [
    [await replay(bank, 'nobody', booking), 'OPS_HANDLER_UNKNOWN'],
    [await replay(bank, 'commands', booking), 'OPS_HANDLER_UNKNOWN'],
    [await replay(bank, 'tell', booking, { stream: 'INGEST' }), 'OPS_HANDLER_UNKNOWN'],
    [await replay(bank, 'book', booking, { repeatEffects: ['letter'] }), 'OPS_EFFECT_UNKNOWN'],
    [await replay(bank, 'book', booking), 'OPS_MESSAGE_NOT_TAKEN'],
    [await replay(bank, 'book', 9_999), 'OPS_MESSAGE_GONE']
  ] as const
  for (const [outcome, code] of refusals) t.match(outcome, { outcome: 'refused', code })
  t.equal(told.length, 1)
})

void t.test('a failure is told and leaves no dead letter; what is away puts the replay off', async (t) => {
  const failures: (Error | null)[] = [
    null,
    new PermanentError('BANK_BROKEN', 'shut'),
    new TransientError('BANK_AWAY', 'nobody there', { countsAsAttempt: false, retryAfterMs: 5 }),
    null
  ]
  const bank = await startBank(t, failingInTurn(failures))
  await bank.order('a')
  await eventually(async () => (await bank.booked('a')).length === 2)
  t.match(await replay(bank, 'book', 1), { outcome: 'done', result: { outcome: 'failed', code: 'BANK_BROKEN' } })
  t.equal(await bank.log.lastSequence('DEAD_LETTERS'), 0)
  t.match(await replay(bank, 'book', 1), ok)
  t.equal(failures.length, 0)
})
