import { LeadCaptured, LeadStatusChanged, type EventBatchRequest } from '@leadlog/contracts'
import t from 'tap'
import { column } from '../definition/column.ts'
import { defineProjection } from '../definition/define-projection.ts'
import { appendAccountEvents } from '../fixtures/account-events.ts'
import {
  AccountOpened,
  accountsProjection,
  MoneyMoved,
  POISON_AMOUNT,
  StatementReceived
} from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { expectedRows } from '../fixtures/table-rows.ts'
import { diffRows } from './diff-rows.ts'
import { foldAsOf } from './fold-as-of.ts'

void t.test('rows as of a sequence, a moment, and now', async (t) => {
  const source = memoryEventSource()
  const projection = accountsProjection()
  appendAccountEvents(source, { accounts: 8, events: 300 })
  const events = source.events('EVENTS')
  const statements = source.events('INGEST')
  const sorted = (rows: ReadonlyMap<string, object>) =>
    [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

  const now = await foldAsOf({ projection, source })
  t.strictSame(sorted(now.rows), expectedRows(projection, [...events, ...statements]))
  t.strictSame(now.sequences, { EVENTS: 300, INGEST: statements.length })

  const at = events[149]
  if (!at) throw new Error('event 150')
  const until = (time: string) => [
    ...events.filter((event) => event.time <= time),
    ...statements.filter((event) => event.time <= time)
  ]
  const bySequence = await foldAsOf({ projection, source, untilSequence: 150 })
  t.strictSame(sorted(bySequence.rows), expectedRows(projection, until(at.time)))
  const byTime = await foldAsOf({ projection, source, untilTime: new Date(at.time) })
  t.strictSame(sorted(byTime.rows), sorted(bySequence.rows))
  const one = await foldAsOf({ projection, source, key: 'a1', untilSequence: 150 })
  t.strictSame(
    [...one.rows],
    [...bySequence.rows].filter(([key]) => key === 'a1')
  )
})

void t.test('one row is read by its aggregate alone, where the projection declares it', async (t) => {
  const source = memoryEventSource()
  const asked: EventBatchRequest[] = []
  const watched = {
    lastSequence: (stream: string) => source.lastSequence(stream),
    firstSequence: (stream: string) => source.firstSequence(stream),
    batches(request: EventBatchRequest) {
      asked.push(request)
      return source.batches(request)
    }
  }
  const leads = defineProjection({
    name: 'leads',
    version: 1,
    table: 'test.leads',
    columns: { id: column.text({ primaryKey: true }), status: column.text() },
    on: [LeadCaptured, LeadStatusChanged],
    key: ({ data }) => data.leadId,
    aggregateOf: (id) => ({ context: 'crm', aggregate: 'lead', id }),
    evolve: {
      [LeadCaptured.type]: (_row, _event, id) => ({ id, status: 'new' }),
      [LeadStatusChanged.type]: (row, { data }) => row && { ...row, status: data.to }
    }
  })
  for (const leadId of ['l1', 'l2']) {
    const customer = { email: `${leadId}@example.com`, name: 'A' } as never
    source.append(LeadCaptured, leadId, {
      leadId,
      personId: leadId,
      customer,
      origin: 'manual',
      capturedAt: '2026-11-18'
    })
    const change = { from: 'new', to: 'demo-booked', meetingId: null, decidedByFactAt: null } as const
    source.append(LeadStatusChanged, leadId, { leadId, personId: leadId, ...change })
  }
  const { rows } = await foldAsOf({ projection: leads, source: watched, key: 'l2', untilSequence: 3 })
  t.equal(rows.get('l2')?.status, 'new')
  t.strictSame(asked[0]?.subjects, ['evt.crm.lead.l2'])
})

void t.test('a fold that stops says where; two moments are compared by key and column', async (t) => {
  const source = memoryEventSource()
  const projection = accountsProjection({ poison: () => true })
  for (const id of ['a', 'b']) source.append(AccountOpened, id, { accountId: id, owner: id })
  source.append(StatementReceived, 's', { accountId: 'a', pages: 2 }, { stream: 'INGEST' })
  source.append(MoneyMoved, 'm', { from: 'a', to: 'b', amount: POISON_AMOUNT })
  source.append(MoneyMoved, 'n', { from: 'a', to: 'c', amount: 1 })
  const before = await foldAsOf({ projection, source, untilSequence: 2 })
  const after = await foldAsOf({ projection, source })
  t.strictSame(after.stoppedKeys, ['b'])
  const changes = diffRows(before.rows, after.rows)
  t.strictSame(
    changes.map(({ key, kind, columns }) => [key, kind, columns.map(({ column: name }) => name)]),
    [
      ['a', 'changed', ['balance', 'movements']],
      ['c', 'added', ['id', 'owner', 'balance', 'open', 'labels', 'movements', 'pages']]
    ]
  )
})
