import {
  ERASED_TEXT,
  InvoiceDraftSaved,
  InvoiceOverdue,
  InvoiceVoided,
  isEvent,
  PersonErased
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { catalogueItems } from '../catalogue-items/catalogue-items.projection.ts'
import { bookedLead } from '../fixtures/booking-story.ts'
import { archive, credit, draft, item, pay, send } from '../fixtures/invoice-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { API_KEY, testGateway } from '../fixtures/test-gateway.ts'
import { invoices } from './invoices.projection.ts'

const SAM = 'sam@own.example'
const ada = person('Ada', 'Lovelace')
const bob = person('Bob', 'Babbage')

/** Ada has an invoice that was paid in part and credited in part, and a draft; Bob, no lead, one in yen that is overdue. */
function told() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  const workshop = item(story, 'Workshop', 49_900)
  archive(story, item(story, 'Audit', 120_000, 'JPY'))
  draft(story, ada, 'i1', { itemId: workshop })
  send(story, ada, 'i1', 1)
  pay(story, ada, 'i1', 20_000, false)
  const creditNoteId = credit(story, ada, 'i1', 11_000)
  draft(story, ada, 'i2')
  draft(story, ada, 'i2', { unitPrice: 1_000, version: 2 })
  draft(story, bob, 'i3', { leadId: null, currency: 'JPY' })
  send(story, bob, 'i3', 2)
  const overdue = { invoiceId: 'i3', personId: bob.personId, dueAt: story.now() }
  story.emit(InvoiceOverdue, 'i3', overdue, webhook)
  return { story, webhook, workshop, creditNoteId }
}

const idsOf = (body: unknown): string[] => (body as { data: { id: string }[] }).data.map(({ id }) => id)

void t.test('invoices and the catalogue, filtered, summed and each with its history', async (t) => {
  const { story, workshop } = told()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const list = async (query: string) => idsOf((await gateway.get(`/v1/invoices${query}`)).body)
  t.same(await list(''), ['i3', 'i2', 'i1'])
  t.same(await list('?state=draft'), ['i2'])
  t.same(await list('?overdue=true'), ['i3'])
  t.same(await list('?overdue=false&state=sent'), ['i1'])
  t.same(await list(`?leadId=${ada.personId}&sort=datedAt`), ['i1', 'i2'])
  t.same(await list('?customer=LOVE'), ['i2', 'i1'])
  t.same(await list('?customer=2026-00002'), ['i3'])
  t.same(await list('?customer=%25'), [], 'nothing is a wildcard')
  t.same(await list('?from=2027-01-01'), [])
  t.same(await list('?currency=JPY&to=2027-01-01'), ['i3'])
  t.same(await list('?sort=dueAt'), ['i1', 'i3', 'i2'], 'a draft is never due')
  const first = (await gateway.get('/v1/invoices?limit=2&sort=-dueAt')).body as { nextCursor: string }
  t.same(idsOf(first), ['i2', 'i3'])
  t.same(await list(`?limit=2&sort=-dueAt&cursor=${first.nextCursor}`), ['i1'])
  t.match((await gateway.get('/v1/invoices?state=open')).body, { code: 'QUERY_INVALID' })

  t.same((await gateway.get('/v1/invoices/totals')).body, {
    data: [
      { currency: 'JPY', count: 1, total: 54_890, paid: 0, credited: 0, balance: 54_890 },
      { currency: 'USD', count: 2, total: 55_990, paid: 20_000, credited: 11_000, balance: 23_890 }
    ]
  })
  t.match((await gateway.get('/v1/invoices/totals?state=draft')).body, { data: [{ total: 1_100, balance: 0 }] })
  t.match((await gateway.get('/v1/invoices/i1?expand=lead')).body, {
    number: 'INV-2026-00001',
    balance: 23_890,
    draft: 1,
    customer: { name: 'Ada Lovelace' },
    lines: [{ text: 'Workshop', itemId: workshop, total: 54_890 }],
    creditNotes: [{ number: 'CN-2026-00001', total: 11_000, reason: 'goodwill' }],
    seller: { name: 'Example Ltd' },
    history: [
      { did: 'drafted' },
      { did: 'sent' },
      { did: 'payment-recorded', amount: 20_000, method: 'cash' },
      { did: 'credited', amount: 11_000, reference: 'CN-2026-00001' }
    ],
    expanded: { lead: { id: ada.personId } }
  })
  t.match((await gateway.get('/v1/invoices/i2')).body, { draft: 2, total: 1_100, number: null, dueAt: null })
  t.match(await gateway.get('/v1/invoices/none'), { status: 404, body: { code: 'INVOICE_UNKNOWN' } })

  t.match((await gateway.get('/v1/catalogue-items')).body, {
    data: [
      { name: 'Audit', archived: true },
      { name: 'Workshop', unitPrice: 49_900 }
    ]
  })
  t.same(idsOf((await gateway.get('/v1/catalogue-items?archived=false&q=WORK&currency=USD')).body), [workshop])
  const page = (await gateway.get('/v1/catalogue-items?limit=1')).body as { nextCursor: string }
  t.same(idsOf((await gateway.get(`/v1/catalogue-items?limit=1&cursor=${page.nextCursor}`)).body), [workshop])
  t.match((await gateway.get(`/v1/catalogue-items/${workshop}`)).body, { version: 1, taxRate: '10' })
  t.match(await gateway.get('/v1/catalogue-items/none'), { status: 404, body: { code: 'ITEM_UNKNOWN' } })
})

void t.test('documents are the same bytes each time, and not sent again to who has them', async (t) => {
  const { story, creditNoteId } = told()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const file = (path: string, headers = {}) =>
    gateway.app.inject({ path, headers: { authorization: `Bearer ${API_KEY}`, ...headers } })
  for (const [path, name] of [
    ['/v1/invoices/i1/pdf', 'INV-2026-00001'],
    ['/v1/invoices/i2/pdf', 'draft'],
    [`/v1/invoices/i1/credit-notes/${creditNoteId}/pdf`, 'CN-2026-00001']
  ] as const) {
    const answer = await file(path)
    t.equal(answer.statusCode, 200, path)
    t.match(answer.headers, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'cache-control': 'private, no-cache'
    })
    t.equal(answer.rawPayload.subarray(0, 5).toString(), '%PDF-')
    t.ok(answer.rawPayload.equals((await file(path)).rawPayload), 'the same bytes')
    t.equal((await file(path, { 'if-none-match': String(answer.headers['etag']) })).statusCode, 304)
  }
  t.equal((await file('/v1/invoices/none/pdf')).statusCode, 404)
  t.match((await file('/v1/invoices/i1/credit-notes/none/pdf')).json(), { code: 'CREDIT_NOTE_UNKNOWN' })
})

void t.test('a user sees the invoices of their leads, and every price', async (t) => {
  const { story, creditNoteId } = told()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  const kim = await gateway.signedIn('kim@own.example', 'user')
  t.same(idsOf((await sam.get('/v1/invoices')).body), ['i2', 'i1'])
  t.same(idsOf((await kim.get('/v1/invoices')).body), [])
  t.same((await kim.get('/v1/invoices/totals')).body, { data: [] })
  for (const path of ['i1', 'i1/pdf', `i1/credit-notes/${creditNoteId}/pdf`]) {
    t.equal((await sam.get(`/v1/invoices/${path}`)).status, 200, path)
    t.equal((await kim.get(`/v1/invoices/${path}`)).status, 404, path)
  }
  t.equal((await sam.get('/v1/invoices/i3')).status, 404, 'of nobody’s lead')
  t.equal(idsOf((await kim.get('/v1/catalogue-items')).body).length, 2)
})

void t.test(
  'told twice and in parts, rows are the same; of an erased customer the amounts stay and nothing else',
  (t) => {
    const { story, webhook } = told()
    story.emit(InvoiceVoided, 'i2', { invoiceId: 'i2', personId: ada.personId, reason: 'mistake' }, webhook)
    const before = projectionSpec(invoices).given(story.events)
    before.thenEvenTwice(Object.fromEntries(before.rows))
    const catalogue = projectionSpec(catalogueItems).given(story.events)
    catalogue.thenEvenTwice(Object.fromEntries(catalogue.rows))
    const ids = { personId: ada.personId, leadId: ada.personId, meetingIds: [], crmWriteIds: [], callerIds: [] }
    const erased = { ...ids, erasureId: 'e1', callIds: [], invoiceIds: ['i1', 'i2'], eventIds: [] }
    story.emit(PersonErased, ada.personId, erased, webhook)
    pay(story, ada, 'i1', 23_890, true)
    const after = projectionSpec(invoices).given(story.events)
    t.same([...after.rows.keys()].sort(), ['i1', 'i3'], 'what never had a number is gone')
    t.match(after.rows.get('i1'), {
      status: 'paid',
      number: 'INV-2026-00001',
      total: 54_890,
      paid: 43_890,
      person_id: null,
      lead_id: null,
      customer: null,
      texts: [''],
      words: 'inv-2026-00001'
    })
    t.notMatch(JSON.stringify(after.rows.get('i1')), /Ada|Lovelace|Workshop/)
    const unreadable = story.events.map((event) =>
      isEvent(event, InvoiceDraftSaved) && event.data.personId === ada.personId
        ? { ...event, data: { ...event.data, customer: { name: ERASED_TEXT, email: ERASED_TEXT }, texts: [] } }
        : event
    )
    t.same(
      projectionSpec(invoices).given(unreadable).rows.get('i1'),
      after.rows.get('i1'),
      'built anew after the key is destroyed'
    )
    t.match(after.rows.get('i3'), { customer: { name: 'Bob Babbage' } })
    t.end()
  }
)
