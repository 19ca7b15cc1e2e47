import {
  CallPriced,
  CostCorrected,
  CostRecorded,
  isEvent,
  LeadIntelExtracted,
  MeddicExtracted,
  SmsPriced,
  spendBudgetFor,
  SpendBudgetSet,
  SpendThresholdReached,
  WorkCompleted,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { budgetOf, setBudget, thresholdsReached, type Budget } from './budget.ts'
import { costOf } from './cost-of.ts'
import { recordCost, type Cost } from './cost.ts'
import { microsOf } from './micros.ts'

const AT = '2026-11-20T10:00:00.000Z'

function event(definition: EventDefinition, data: unknown, more: Partial<RecordedEvent> = {}): RecordedEvent {
  const { type } = definition
  return { id: 'e1', type, data, time: AT, actor: 'service:enrichment', sequence: 1, ...more } as RecordedEvent
}

const recorded = (events: readonly NewEvent[]): RecordedEvent[] =>
  events.map(({ definition, data }) => event(definition, data))

const reading = {
  extractionId: 'x1',
  kind: 'lead-intel',
  personId: 'p1',
  meetingId: 'm1',
  observedAt: AT,
  call: { provider: 'gemini', model: 'gemini-3-flash', inputTokens: 900, outputTokens: 100, costMicroUsd: 1_234 }
}
const price = { callId: 'c1', callSid: 'CA1', personId: 'p1', leadId: 'p1', durationSeconds: 61, currency: 'USD' }

void t.test('prices in decimals become millionths', (t) => {
  t.equal(microsOf('0.00850'), 8_500)
  t.equal(microsOf('12'), 12_000_000)
  t.equal(microsOf('-0.0000005'), -1)
  t.equal(microsOf('0.00000049'), 0)
  t.equal(Object.is(microsOf('-0'), 0), true)
  t.throws(() => microsOf('1,5'), TypeError)
  t.end()
})

void t.test('what each event tells of a cost', (t) => {
  t.match(costOf(event(LeadIntelExtracted, reading)), {
    kind: 'language-model',
    amountMicros: 1_234,
    currency: 'USD',
    model: 'gemini-3-flash',
    quantity: 1_000,
    leadId: 'p1',
    meetingId: 'm1',
    causeId: 'e1'
  })
  t.match(costOf(event(LeadIntelExtracted, { ...reading, callId: 'c1' })), { callId: 'c1', meetingId: null })
  const transcript = costOf(event(MeddicExtracted, { ...reading, kind: 'meddic' }))
  t.match(transcript, { kind: 'language-model', amountMicros: 1_234, meetingId: 'm1', callId: null })
  t.equal(costOf(event(LeadIntelExtracted, reading, { actor: 'user:ada' })), null, 'adopted of a what-if')
  const byRules = { ...reading, call: { ...reading.call, costMicroUsd: 0 } }
  t.equal(costOf(event(LeadIntelExtracted, byRules)), null, 'read by rules')
  const [call, leg] = ['CA1', 'CA2'].map((callSid) =>
    costOf(event(CallPriced, { ...price, callSid, price: '0.0170', usedAt: '2026-10-31T23:59:59.000Z' }))
  )
  t.match(call, { amountMicros: 17_000, usedAt: '2026-10-31T23:59:59.000Z', provider: 'twilio', callId: 'c1' })
  t.not(call?.costId, leg?.costId, 'a leg is charged by itself')
  const whatIf = {
    workId: 'w1',
    kind: 'what-if',
    result: { totals: { costMicroUsd: 77, inputTokens: 5, outputTokens: 6 } }
  }
  t.match(costOf(event(WorkCompleted, whatIf)), { amountMicros: 77, quantity: 11, leadId: null })
  t.equal(costOf(event(WorkCompleted, { ...whatIf, result: { totals: null } })), null)
  t.equal(costOf(event(WorkCompleted, { ...whatIf, kind: 'rebuild' })), null)
  t.end()
})

void t.test('a cost is recorded once, and corrected by what tells of it later', (t) => {
  const cost = costOf(event(CallPriced, { ...price, price: '0.0085', usedAt: AT })) as Cost
  const first = recorded(recordCost([], cost))
  t.match(first, [{ type: CostRecorded.type, data: { amountMicros: 8_500 } }])
  t.strictSame(recordCost(first, cost), [])
  const free = { ...cost, amountMicros: 0, usedAt: '2026-12-01T00:00:00Z', causeSequence: 5 }
  const second = [...first, ...recorded(recordCost(first, free))]
  t.match(second[1], { type: CostCorrected.type, data: { amountMicros: 0, previousMicros: 8_500, usedAt: AT } })
  t.strictSame(recordCost(second, { ...cost, causeSequence: 4 }), [], 'what tells of it earlier changes nothing')
  t.match(recordCost(second, { ...cost, causeSequence: 6 }), [{ data: { amountMicros: 8_500, previousMicros: 0 } }])
  t.strictSame(recordCost(second, { ...cost, currency: 'EUR', causeSequence: 6 }), [])
  t.end()
})

function budgetAfter(...sets: readonly Parameters<typeof setBudget>[1][]): Budget {
  let history: RecordedEvent[] = []
  for (const asked of sets) history = [...history, ...recorded(setBudget(budgetOf(history), asked))]
  return budgetOf(history)
}

void t.test('a budget holds from its month on, and one of a month alone goes before it', (t) => {
  const from = (month: string, amount: number | null) => ({
    currency: 'USD',
    month,
    scope: 'from-month' as const,
    amount
  })
  const only = (month: string, amount: number | null) => ({ currency: 'USD', month, scope: 'month' as const, amount })
  const budget = budgetAfter(from('2026-11', 100), only('2026-12', 300), from('2027-02', 200))
  t.strictSame(
    ['2026-10', '2026-11', '2026-12', '2027-01', '2027-02'].map((month) => spendBudgetFor(budget, month)),
    [null, 100, 300, 100, 200]
  )
  t.equal(
    spendBudgetFor(budgetAfter(from('2026-11', 100), only('2026-12', 300), only('2026-12', null)), '2026-12'),
    100
  )
  t.equal(spendBudgetFor(budgetAfter(from('2026-11', 100), from('2026-12', null)), '2027-01'), null)
  t.strictSame(setBudget(budget, from('2026-11', 100)), [], 'what is so is not set again')
  t.strictSame(setBudget(budgetOf([]), from('2026-11', null)), [])
  t.end()
})

void t.test('thresholds are told once per amount of the budget, the highest of several at a time', (t) => {
  const set = { currency: 'USD', month: '2026-11', scope: 'from-month' as const, amount: 1_000 }
  let history = recorded(setBudget(budgetOf([]), set))
  const spend = (micros: bigint, month = '2026-11') => {
    const told = thresholdsReached(budgetOf(history), { currency: 'USD', month, micros }, AT)
    history = [...history, ...recorded(told)]
    return told.map(({ data }) => {
      const { threshold, overtaken } = data as { threshold: number; overtaken: boolean }
      return overtaken ? -threshold : threshold
    })
  }
  t.strictSame(spend(7_999_999n), [])
  t.strictSame(spend(8_000_000n), [80])
  t.strictSame(spend(8_000_001n), [])
  t.strictSame(spend(10_000_000n), [-90, 100])
  t.strictSame(spend(7_000_000n), [], 'a correction takes nothing back')
  t.strictSame(spend(10_000_000n), [])
  history = [...history, ...recorded(setBudget(budgetOf(history), { ...set, amount: 1_200 }))]
  t.strictSame(spend(10_000_000n), [80], 'another amount is another budget')
  history = [...history, ...recorded(setBudget(budgetOf(history), set))]
  t.strictSame(spend(10_000_000n), [], 'and one that was told of is not told of again')
  t.strictSame(spend(8_000_000n, '2026-12'), [80], 'each month by itself')
  t.strictSame(spend(99n, '2026-10'), [], 'no budget was set for the month')
  t.end()
})

void t.test('budgets are exact in currencies with and without minor units', (t) => {
  for (const [currency, whole] of [
    ['JPY', 1_000_000_000n],
    ['USD', 10_000_000n],
    ['KWD', 1_000_000n]
  ] as const) {
    const history = recorded([
      ...setBudget(budgetOf([]), { currency, month: '2026-11', scope: 'from-month', amount: 1_000 })
    ])
    const told = (micros: bigint) =>
      thresholdsReached(budgetOf(history), { currency, month: '2026-11', micros }, AT).length
    t.strictSame([told((whole * 8n) / 10n - 1n), told((whole * 8n) / 10n), told(whole)], [0, 1, 3], currency)
  }
  t.end()
})

/** Prices of a few things, each of which may change. */
const causes = fc.array(
  fc.record({ thing: fc.integer({ min: 0, max: 9 }), micros: fc.integer({ min: 0, max: 90_000 }) }),
  { maxLength: 30 }
)

void t.test('in whatever order and however often causes come, sums are the same and thresholds are told once', (t) => {
  const order = fc.array(fc.nat({ max: 29 }), { minLength: 30, maxLength: 60 })
  fc.assert(
    fc.property(causes, order, fc.nat({ max: 60 }), (told, handled, budget) => {
      const events = told.map(({ thing, micros }, index) =>
        event(thing < 5 ? CallPriced : SmsPriced, priceOf(thing, micros), { id: String(index), sequence: index + 1 })
      )
      const expected = new Map(events.map((one) => [sidOf(one), costOf(one) as Cost]))
      const world = createWorld(budget)
      for (const index of handled) world.take(events[index])
      for (const one of events) world.take(one)
      for (const month of ['2026-10', '2026-11']) {
        const sum = [...expected.values()]
          .filter(({ usedAt }) => usedAt.startsWith(month))
          .reduce((all, { amountMicros }) => all + BigInt(amountMicros), 0n)
        const reached = world.reached(month)
        if (world.sum(month) !== sum || new Set(reached).size !== reached.length) return false
        if (!thresholdsOf(sum, budget).every((threshold) => reached.includes(threshold))) return false
      }
      return true
    }),
    { numRuns: 500 }
  )
  t.end()
})

function priceOf(thing: number, micros: number) {
  const names = thing < 5 ? { callId: `c${thing}`, callSid: `CA${thing}`, durationSeconds: null } : {}
  const sms = { messageId: `m${thing}`, messageSid: `SM${thing}`, threadId: 't', callerId: 'k', segments: 1 }
  const text = (micros / 1_000_000).toFixed(6)
  return {
    ...(thing < 5 ? names : sms),
    personId: 'p',
    leadId: null,
    price: text,
    currency: 'USD',
    usedAt: thing % 2 === 0 ? '2026-10-31T12:00:00Z' : AT
  }
}

function sidOf({ data }: RecordedEvent): string {
  const { callSid, messageSid } = data as { callSid?: string; messageSid?: string }
  return callSid ?? messageSid ?? ''
}

function thresholdsOf(micros: bigint, budget: number): number[] {
  return budget === 0
    ? []
    : [80, 90, 100].filter((percent) => micros * 100n >= BigInt(budget) * 10_000n * BigInt(percent))
}

/** The deciders over a log and sums in memory. */
function createWorld(budget: number) {
  const costs = new Map<string, RecordedEvent[]>()
  const counted = new Map<string, { month: string; micros: bigint }>()
  let budgets = recorded(
    budget === 0
      ? []
      : setBudget(budgetOf([]), { currency: 'USD', month: '2026-10', scope: 'from-month', amount: budget })
  )
  const sum = (month: string): bigint =>
    [...counted.values()].reduce((all, one) => (one.month === month ? all + one.micros : all), 0n)
  return {
    sum,
    reached: (month: string) =>
      budgets.flatMap((one) =>
        isEvent(one, SpendThresholdReached) && one.data.month === month ? [one.data.threshold as number] : []
      ),
    take(cause: RecordedEvent | undefined) {
      const cost = cause === undefined ? null : costOf(cause)
      if (cost === null) return
      const history = costs.get(cost.costId) ?? []
      for (const news of recorded(recordCost(history, cost))) {
        history.push(news)
        if (!isEvent(news, CostRecorded) && !isEvent(news, CostCorrected)) continue
        const { costId, amountMicros, usedAt } = news.data
        const month = usedAt.slice(0, 7)
        counted.set(costId, { month, micros: BigInt(amountMicros) })
        const told = thresholdsReached(budgetOf(budgets), { currency: 'USD', month, micros: sum(month) }, AT)
        budgets = [...budgets, ...recorded(told)]
      }
      costs.set(cost.costId, history)
    }
  }
}

void t.test('the fold of a budget knows its own events only', (t) => {
  t.equal(
    budgetOf([event(SpendBudgetSet, { currency: 'USD', month: '2026-11', scope: 'month', amount: 5 })]).ofMonth[
      '2026-11'
    ],
    5
  )
  t.strictSame(budgetOf([event(CallPriced, price)]).from, {})
  t.end()
})
