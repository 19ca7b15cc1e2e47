import {
  CallPriced,
  CostCorrected,
  CostRecorded,
  isEvent,
  ExtractionRejected,
  ExtractionSkipped,
  MeddicExtracted,
  MeetingTranscribed,
  newEvent,
  SetSpendBudget,
  SmsPriced,
  SpendThresholdReached,
  type EventDefinition,
  type EventOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { enrichment } from '@leadlog/enrichment'
import { createLogger, migrateUp, openPostgres, startService } from '@leadlog/service'
import { readConfig } from '@leadlog/simulators'
import { eventually, testDatabase } from '@leadlog/testing'
import t from 'tap'
import { openShop, type Shop } from '../fixtures/shop.ts'
import { billing } from '../service.ts'
import { budgetRef } from './budget.ts'
import { spendMigration } from './spend-migration.ts'
import { openSpendTally } from './tally.ts'

const logger = createLogger({ service: 'billing', level: 'silent' })
const MONTH = new Date().toISOString().slice(0, 7)
const BEFORE = '2026-01-31T23:59:59.000Z'
const AMOUNT = 100

/** A price of a call, a message or a reading of which the numbers are given. */
function causeOf(index: number, price: string, usedAt: string): NewEvent {
  const whose = { personId: `p${index % 4}`, leadId: `p${index % 4}` }
  if (index % 3 === 0) {
    const callId = `call${index}`
    const data = { callId, callSid: `CA${index}`, durationSeconds: 61, ...whose, price, currency: 'USD', usedAt }
    return newEvent(CallPriced, callId, data)
  }
  const messageId = `message${index}`
  const names = { messageId, threadId: 't', callerId: 'k', ...whose }
  const data = { ...names, messageSid: `SM${index}`, segments: 1, price, currency: 'USD', usedAt }
  return newEvent(SmsPriced, messageId, data)
}

async function tell(shop: Shop, cause: string, ...events: NewEvent[]): Promise<void> {
  await shop.log.transact({
    cause: { id: cause, correlationId: cause },
    handler: 'test',
    actor: 'service:enrichment',
    load: [],
    decide: () => events
  })
}

async function spendEvents(shop: Shop): Promise<readonly RecordedEvent[]> {
  const subjects = ['evt.billing.cost.>', 'evt.billing.budget.>', 'evt.enrichment.>']
  const request = { stream: 'EVENTS', fromSequence: 1, subjects, maxEvents: 5_000, maxWaitMs: 500 }
  const all: RecordedEvent[] = []
  for await (const batch of shop.log.batches({ ...request, signal: AbortSignal.timeout(60_000) })) {
    all.push(...batch.events)
    if (batch.caughtUp) break
  }
  return all
}

async function eventsOf<D extends EventDefinition>(shop: Shop, definition: D): Promise<EventOf<D>[]> {
  return (await spendEvents(shop)).flatMap((event) => (isEvent(event, definition) ? [event] : []))
}

void t.test(
  'costs by two processes, one of them stopped amid: each counts once, and thresholds are told once',
  async (t) => {
    const shop = await openShop(t)
    const second = await startService(billing, { logger, environment: shop.environment })
    await shop.command(SetSpendBudget, { currency: 'USD', amount: AMOUNT })
    t.match(await shop.command(SetSpendBudget, { currency: 'XXX', amount: 1 }), { code: 'BILLING_CURRENCY_UNKNOWN' })

    const now = `${MONTH}-01T00:00:00.000Z`
    const count = 60
    for (let index = 0; index < count; index++) {
      await tell(shop, `price ${index}`, causeOf(index, '0.01900', index % 10 === 0 ? BEFORE : now))
      if (index === count / 2) await second.stop()
    }
    // Prices that change, and a reading, whose answer comes with its price.
    await tell(shop, 'corrected', causeOf(3, '0.02', now), causeOf(4, '0', now))
    const call = {
      provider: 'gemini',
      model: 'gemini-3-flash',
      promptVersion: '1',
      calls: 1,
      repaired: false,
      fallbackBecause: null,
      inputTokens: 10,
      outputTokens: 5,
      costMicroUsd: 1_234,
      latencyMs: 1,
      inputCharacters: 1,
      sampled: false
    }
    const reading = {
      extractionId: 'x1',
      kind: 'lead-intel' as const,
      personId: 'p1',
      meetingId: 'm1',
      observedAt: now
    }
    await tell(
      shop,
      'read',
      newEvent(ExtractionRejected, 'x1', { ...reading, call, code: 'TEST', issues: [], quality: null })
    )

    // 54 of this month at 0.019, one of them at 0.02 now and one at nothing, and a reading: 1.009234 of 1.00 dollars.
    const expected = 54n * 19_000n + 1_000n - 19_000n + 1_234n
    const postgres = openPostgres({ url: shop.environment['DATABASE_URL'] ?? '', applicationName: 'test', logger })
    t.teardown(() => postgres.close())
    const tally = openSpendTally(postgres.db, 'billing')
    await eventually(async () => (await tally.month('USD', MONTH)).micros === expected, { within: 60_000 })
    t.equal((await tally.month('USD', '2026-01')).micros, 6n * 19_000n, 'late prices belong to the month of use')

    const reachedOf = async () =>
      (await shop.log.load(budgetRef('USD'))).events.flatMap((event) =>
        isEvent(event, SpendThresholdReached) ? [event.data] : []
      )
    await eventually(async () => (await reachedOf()).length === 3, { within: 60_000 })
    t.match(await reachedOf(), [{ threshold: 80 }, { threshold: 90 }, { threshold: 100 }])
    t.ok((await reachedOf()).every(({ month, budget }) => month === MONTH && budget === AMOUNT))

    t.match(await shop.command(SetSpendBudget, { currency: 'USD', amount: 120 }), { month: MONTH, scope: 'from-month' })
    await eventually(async () => (await reachedOf()).length === 4, { within: 60_000 })
    t.match((await reachedOf())[3], { threshold: 80, budget: 120, overtaken: false })

    const events = await spendEvents(shop)
    t.equal(events.filter((event) => isEvent(event, CostRecorded)).length, count + 1)
    t.equal(events.filter((event) => isEvent(event, CostCorrected)).length, 2)

    await t.test('sums made again from the log, in another order and twice, are the same', async (t) => {
      const database = await testDatabase(t)
      const fresh = openPostgres({ url: database.url, applicationName: 'test', logger })
      t.teardown(() => fresh.close())
      await migrateUp(fresh.db, { schema: 'again', steps: { '0001-spend': spendMigration('again') } })
      const again = openSpendTally(fresh.db, 'again')
      const costs = events.flatMap((event) =>
        isEvent(event, CostRecorded) || isEvent(event, CostCorrected) ? [event] : []
      )
      for (const { data, sequence } of [...costs.toReversed(), ...costs]) {
        await again.count({ ...data, micros: data.amountMicros, sequence })
      }
      for (const month of [MONTH, '2026-01']) t.same(await again.months(month), await tally.months(month))
    })

    await t.test('how much is used is measured', async (t) => {
      const metrics = await (await fetch(`${shop.url()}/metrics`)).text()
      t.match(metrics, /leadlog_spend_budget_used_ratio\{[^}]*currency="USD"[^}]*\} 0\.841/)
      t.match(metrics, /leadlog_spend_costs_total\{[^}]*kind="call"/)
    })
  }
)

void t.test('what a model read of a transcript costs once, however often the transcript is told', async (t) => {
  const shop = await openShop(t)
  const { STRIPE_API_URL: stripe = '' } = shop.environment
  const reader = await startService(enrichment, {
    logger,
    environment: {
      ...shop.environment,
      ENRICHMENT_PORT: '0',
      LLM_PROVIDER: 'gemini',
      GEMINI_API_URL: stripe.replace(/stripe$/, 'gemini'),
      GEMINI_API_KEY: readConfig({}).secrets.geminiApiKey
    }
  })
  t.teardown(() => reader.stop())
  const customer = {
    email: 'ada@x.example',
    name: 'Ada',
    firstName: 'Ada',
    lastName: null,
    phone: null,
    timezone: null
  }
  const start = Date.parse('2026-11-20T10:00:00.000Z')
  const said = [
    'Hello Ada, what made you look for something new?',
    'We lose about twelve hours a week because reports are put together by hand.',
    'Who decides about the budget for a tool like ours?',
    'Our chief financial officer signs the budget, and we also look at Salesforce.',
    'Then let us meet again next Tuesday with her and go through the numbers.',
    'Yes, please send the proposal by Friday so that she can read it before.'
  ]
  const transcribed = newEvent(MeetingTranscribed, 'm1', {
    ...{ meetingId: 'm1', personId: 'p1', recordingId: 'r1', uuid: 'u1', customer, title: 'Demo' },
    participants: [
      { name: 'Dana', email: 'dana@own.example', external: false },
      { name: 'Ada', email: 'ada@x.example', external: true }
    ],
    startedAt: '2026-11-20T10:00:00.000Z',
    endedAt: '2026-11-20T10:02:00.000Z',
    transcript: said.map((words, index) => ({
      startMs: start + index * 20_000,
      endMs: start + index * 20_000 + 19_000,
      speaker: index % 2 === 0 ? 'Dana' : 'Ada',
      words
    })),
    contentDigest: 'a'.repeat(64)
  })
  await tell(shop, 'told', transcribed)
  await tell(shop, 'told again', transcribed)
  // The second delivery finds what was read of the first, and comes after it.
  await eventually(async () => ((await eventsOf(shop, ExtractionSkipped)).length > 0 ? true : undefined), {
    within: 60_000
  })
  const [read, ...more] = await eventsOf(shop, MeddicExtracted)
  t.strictSame(more, [])
  const priced = read?.data.call?.costMicroUsd ?? 0
  t.ok(priced > 0)
  const month = read?.time.slice(0, 7) ?? ''
  const postgres = openPostgres({ url: shop.environment['DATABASE_URL'] ?? '', applicationName: 'test', logger })
  t.teardown(() => postgres.close())
  const tally = openSpendTally(postgres.db, 'billing')
  await eventually(async () => ((await tally.month('USD', month)).micros === BigInt(priced) ? true : undefined), {
    within: 60_000
  })
  const costs = await eventsOf(shop, CostRecorded)
  t.equal(costs.length, 1)
  t.match(costs[0]?.data, {
    ...{ kind: 'language-model', amountMicros: priced, provider: 'gemini', causeId: read?.id },
    ...{ meetingId: 'm1', personId: 'p1', leadId: 'p1', callId: null }
  })
})
