import { isEvent, LeadCaptured, LeadStatusChanged, type LeadStatus } from '@leadlog/contracts'
import t from 'tap'
import { AccountClosed, AccountOpened, accountsProjection, MoneyMoved } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { column } from './column.ts'
import { defineProjection, type RowOf } from './define-projection.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  status: column.text<LeadStatus>({ index: true }),
  changed_at: column.timestamptz({ nullable: true }),
  words: column.generated('tsvector', `to_tsvector('simple', status)`)
}
const base = { name: 'leads', version: 1, table: 'test.leads', columns }

const leads = defineProjection({
  ...base,
  on: [LeadCaptured, LeadStatusChanged],
  key: (event) => (isEvent(event, LeadCaptured) ? event.data.leadId : event.data.leadId),
  evolve: {
    [LeadCaptured.type]: (_row, event, id) => ({ id, status: 'new', changed_at: event.data.capturedAt }),
    [LeadStatusChanged.type]: (row, event) => row && { ...row, status: event.data.to }
  }
})

void t.test('the row is typed by the columns, each handler by its event', async (t) => {
  const row: RowOf<typeof leads> = { id: 'l1', status: 'demo-booked', changed_at: null }
  t.equal(row.status, 'demo-booked')
  // @ts-expect-error a status that there is not
  const wrong: RowOf<typeof leads> = { id: 'l1', status: 'gone', changed_at: null }
  t.ok(wrong)
  t.strictSame(
    leads.subscriptions.map(({ stream, subjects }) => ({ stream, subjects })),
    [{ stream: 'EVENTS', subjects: ['evt.crm.lead.>'] }]
  )
})

void t.test('a declaration that contradicts itself is refused where it stands', async (t) => {
  const code = { code: 'PROJECTION_INVALID' }
  const key = () => 'x'
  // @ts-expect-error a declared event without a handler
  t.throws(() => defineProjection({ ...base, on: [LeadCaptured], key, evolve: {} }), code)
  const evolve = { [LeadCaptured.type]: () => null, [LeadStatusChanged.type]: () => null }
  t.throws(() => defineProjection({ ...base, on: [LeadCaptured], key, evolve }), code, 'a handler of no declared event')
  t.throws(
    () => defineProjection({ ...base, on: [LeadCaptured, LeadStatusChanged], key, evolve, table: 'leads' }),
    code
  )
  const twoKeys = { ...columns, other: column.text({ primaryKey: true }) }
  t.throws(
    () => defineProjection({ ...base, columns: twoKeys, on: [LeadCaptured, LeadStatusChanged], key, evolve }),
    code
  )
})

void t.test('a row comes out of the fold as it would come out of the table', async (t) => {
  const source = memoryEventSource()
  const accounts = accountsProjection()
  const opened = source.append(
    AccountOpened,
    'a',
    { accountId: 'a', owner: 'Ann' },
    { time: '2026-11-18T10:00:00+02:00' }
  )
  const moved = source.append(MoneyMoved, 'm', { from: 'a', to: 'b', amount: 5 })
  const closed = source.append(AccountClosed, 'a', { accountId: 'a' })
  t.strictSame(accounts.key(moved), ['a', 'b'])
  const row = accounts.evolve(null, opened, 'a')
  t.equal(row?.opened_at, '2026-11-18T08:00:00.000Z')
  t.ok(Object.isFrozen(row))
  t.equal(accounts.evolve(row, { ...moved, type: 'bank.Unknown.v1' }, 'a'), row, 'an event it does not take')
  t.equal(accounts.evolve(row, closed, 'a'), null)
  t.throws(() => accounts.evolve({ ...row, owner: undefined } as never, moved, 'a'), { code: 'PROJECTION_ROW_INVALID' })
  t.throws(() => accounts.evolve(row, opened, 'b') && accounts.evolve(row, moved, 'b'), {
    code: 'PROJECTION_ROW_INVALID'
  })
})
