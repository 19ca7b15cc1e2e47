import {
  CostCorrected,
  CostRecorded,
  derivedId,
  SpendBudgetSet,
  SpendThresholdReached,
  type CostKind
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { call as callIn } from '../fixtures/call-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { costs } from './costs.projection.ts'
import { spendBudgets } from './spend-budgets.projection.ts'
import { forecastOf } from './spend.queries.ts'

const SAM = 'sam@own.example'
const ada = person('Ada', 'Lovelace')

interface Told {
  readonly kind?: CostKind
  readonly micros: number
  readonly currency?: string
  readonly usedAt?: string
  readonly model?: string | null
  readonly leadId?: string | null
  readonly callId?: string | null
}

/** Ada, Sam's lead, was read and called; a stranger called; a what-if was run. */
function spending() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const booking = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  const cause = story.webhook({ provider: 'twilio', eventType: 'voice-status', externalId: 'prices' })
  const adas = callIn(story, 'CA1', '+14155550142', ada)
  const strangers = callIn(story, 'CA2', '+14155550199', null)
  let made = 0
  const cost = ({ kind = 'call', micros, currency = 'USD', usedAt = story.now(), ...of }: Told): string => {
    made += 1
    const costId = derivedId('cost', String(made))
    story.emit(
      CostRecorded,
      costId,
      {
        costId,
        kind,
        amountMicros: micros,
        currency,
        usedAt,
        provider: kind === 'call' ? 'twilio' : 'gemini',
        model: of.model ?? null,
        quantity: 61,
        unit: 'seconds',
        personId: of.leadId ?? null,
        leadId: of.leadId ?? null,
        callId: of.callId ?? null,
        messageId: null,
        meetingId: null,
        campaignId: null,
        causeId: cause.id,
        causeType: cause.type,
        causeSequence: made
      },
      cause
    )
    return costId
  }
  const model = 'gemini-3-flash'
  const read = cost({ kind: 'language-model', micros: 1_234, model, leadId: ada.personId })
  const call = cost({ micros: 17_000, leadId: ada.personId, callId: adas.callId, usedAt: '2026-11-19T23:59:59.999Z' })
  const foreign = cost({ micros: 8_500, callId: strangers.callId, usedAt: '2026-11-20T00:00:00.000Z' })
  const whatIf = cost({ kind: 'language-model', micros: 70, model })
  const euros = cost({ micros: 9, currency: 'EUR', usedAt: '2026-10-31T23:00:00.000Z' })
  return { story, booking, cause, adas, strangers, read, call, foreign, whatIf, euros }
}

interface Sums {
  readonly data: { currency: string; amountMicros: number; entries: number; groups: Record<string, unknown>[] }[]
}
interface Entries {
  readonly data: { id: string; amountMicros: number; currency: string }[]
}

const SPAN = 'from=2026-11-01&to=2026-12-01'

void t.test('sums by day, kind, lead, campaign and model are exact, and each leads to its rows', async (t) => {
  const { story, cause, call, foreign } = spending()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sums = async (query: string) => (await gateway.get(`/v1/spend?${query}`)).body as Sums
  t.match(await sums(`${SPAN}&groupBy=day`), {
    data: [
      {
        currency: 'USD',
        amountMicros: 26_804,
        entries: 4,
        rest: null,
        groups: [
          { key: '2026-11-18', amountMicros: 1_304, entries: 2, byKind: { 'language-model': 1_304 } },
          { key: '2026-11-19', amountMicros: 17_000, byKind: { call: 17_000 } },
          { key: '2026-11-20', amountMicros: 8_500 }
        ]
      }
    ]
  })
  const groupsOf = async (groupBy: string) =>
    (await sums(`${SPAN}&groupBy=${groupBy}`)).data[0]?.groups.map(({ key, label, amountMicros }) => [
      key,
      label,
      amountMicros
    ])
  t.same(await groupsOf('kind'), [
    ['call', null, 25_500],
    ['language-model', null, 1_304]
  ])
  t.same(await groupsOf('lead'), [
    [ada.personId, 'Ada Lovelace', 18_234],
    [null, null, 8_570]
  ])
  t.same(await groupsOf('model'), [
    ['twilio', null, 25_500],
    ['gemini-3-flash', null, 1_304]
  ])
  t.same(await groupsOf('campaign'), [[null, null, 26_804]])
  t.match(await sums('from=2026-10-01&to=2026-12-01&groupBy=kind'), {
    data: [{ currency: 'USD' }, { currency: 'EUR', amountMicros: 9 }]
  })

  for (const [query, sum] of [
    [`kind=call`, 25_500],
    [`leadId=${ada.personId}`, 18_234],
    ['leadId=none', 8_570],
    ['model=twilio', 25_500],
    ['campaignId=none', 26_804],
    ['model=gemini-3-flash&leadId=none', 70]
  ] as const) {
    const { data } = (await gateway.get(`/v1/spend/entries?${SPAN}&${query}`)).body as Entries
    t.equal(
      data.reduce((all, { amountMicros }) => all + amountMicros, 0),
      sum,
      query
    )
  }
  const first = (await gateway.get(`/v1/spend/entries?${SPAN}&limit=1`)).body
  t.match(first, { data: [{ id: foreign, causeId: cause.id, kind: 'call', corrected: false }] })
  const { nextCursor } = first as { nextCursor: string }
  t.match((await gateway.get(`/v1/spend/entries?${SPAN}&limit=1&cursor=${nextCursor}`)).body, { data: [{ id: call }] })
  t.match(await gateway.get('/v1/spend?from=2026-01-01&to=2027-12-01'), { status: 400, body: { code: 'SPAN_INVALID' } })
  t.match(await gateway.get('/v1/spend?from=2026-02-01&to=2026-01-01'), { status: 400, body: { code: 'SPAN_INVALID' } })
})

void t.test(
  'a price that changes counts as it is now, and a call that comes to a lead later brings its cost along',
  async (t) => {
    const { story, cause, strangers, call, foreign } = spending()
    const gateway = await testGateway(t)
    const correction = {
      costId: call,
      amountMicros: 20_000,
      previousMicros: 17_000,
      currency: 'USD',
      usedAt: '2026-11-19T23:59:59.999Z',
      causeId: cause.id,
      causeType: cause.type,
      causeSequence: 99
    }
    story.emit(CostCorrected, call, correction, cause)
    strangers.attribute(ada.personId)
    await gateway.tell(story.events)
    const sam = await gateway.signedIn(SAM, 'user')
    for (const reader of [gateway, sam]) {
      const { body } = await reader.get(`/v1/spend/entries?${SPAN}&leadId=${ada.personId}&kind=call`)
      t.match(body, {
        data: [
          { id: foreign, leadId: ada.personId },
          { id: call, amountMicros: 20_000, corrected: true }
        ]
      })
    }
  }
)

void t.test('a user sees what their own leads cost, and no budget', async (t) => {
  const { story } = spending()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  t.match((await sam.get(`/v1/spend?${SPAN}&groupBy=lead`)).body, {
    data: [{ amountMicros: 18_234, entries: 2, groups: [{ key: ada.personId, label: 'Ada Lovelace' }] }]
  })
  t.equal(((await sam.get(`/v1/spend/entries?${SPAN}`)).body as Entries).data.length, 2)
  t.equal((await sam.get('/v1/spend/budget')).status, 403)
})

void t.test('budgets of a month: used, left, and the thresholds that were reached', async (t) => {
  const { story, cause } = spending()
  const set = { currency: 'USD', month: '2026-10', scope: 'from-month' as const, amount: 3 }
  story.emit(SpendBudgetSet, 'USD', set, cause)
  story.emit(SpendBudgetSet, 'JPY', { ...set, currency: 'JPY', month: '2026-11', scope: 'month', amount: 500 }, cause)
  const reached = {
    currency: 'USD',
    month: '2026-11',
    budget: 3,
    usedMicros: 26_804,
    overtaken: false,
    at: story.now()
  }
  story.emit(SpendThresholdReached, 'USD', { ...reached, threshold: 80 }, cause)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/spend/budget?month=2026-11')).body, {
    month: '2026-11',
    data: [
      { currency: 'JPY', usedMicros: 0, budgetMicros: 500_000_000, leftMicros: 500_000_000, thisMonthOnly: true },
      {
        currency: 'USD',
        usedMicros: 26_804,
        budget: 3,
        budgetMicros: 30_000,
        leftMicros: 3_196,
        thisMonthOnly: false,
        reached: [{ threshold: 80, budget: 3 }]
      }
    ]
  })
  t.match((await gateway.get('/v1/spend/budget?month=2026-10')).body, {
    data: [
      { currency: 'EUR', budget: null, leftMicros: null, forecastMicros: 9 },
      { currency: 'USD', usedMicros: 0 }
    ]
  })
  for (const month of ['2026-13', '0000-01', '9999-12']) {
    t.match(await gateway.get(`/v1/spend/budget?month=${month}`), { status: 400, body: { code: 'QUERY_INVALID' } })
  }
})

void t.test('a forecast goes on at the pace so far, and the first day counts whole', (t) => {
  const day = 86_400_000
  t.equal(forecastOf(100, 0, 30 * day, 15 * day), 200)
  t.equal(forecastOf(100, 0, 30 * day, day / 100), 3_000)
  t.equal(forecastOf(100, 0, 30 * day, 30 * day), 100, 'a month that is over came to what it came to')
  t.end()
})

void t.test('the read models come out the same when everything is told twice', async () => {
  const { story, cause } = spending()
  story.emit(SpendBudgetSet, 'USD', { currency: 'USD', month: '2026-11', scope: 'month', amount: 3 }, cause)
  for (const projection of [costs, spendBudgets]) {
    const spec = projectionSpec(projection as typeof costs).given(story.events)
    spec.thenEvenTwice(Object.fromEntries(spec.rows))
  }
})
