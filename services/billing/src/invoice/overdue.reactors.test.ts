import { isRefusal, type NewEvent, type RecordedEvent, type Refusal } from '@leadlog/contracts'
import t from 'tap'
import type { BillingDeps } from '../deps.ts'
import { noteOverdueInvoices } from './overdue.reactors.ts'

const DUE_AT = '2026-12-14T10:00:00.000Z'

void t.test('a timer that comes before our own clock says so is due all the same: it comes once', async (t) => {
  const sent = { invoiceId: 'i1', personId: 'p1', number: 'INV-2026-00001', dueAt: DUE_AT }
  const history = [
    { type: 'billing.InvoiceDraftSaved.v1', data: { invoiceId: 'i1', totals: { total: 1 } } },
    { type: 'billing.InvoiceSent.v1', data: sent }
  ] as unknown as RecordedEvent[]
  const decided: (readonly NewEvent[] | Refusal)[] = []
  const context = {
    clock: { now: () => new Date(Date.parse(DUE_AT) - 40) },
    transact: async ({ decide }: { decide: (given: unknown[]) => readonly NewEvent[] | Refusal }) => {
      decided.push(decide([{ events: history }]))
      return { events: [], repeated: false }
    }
  }
  type Handle = typeof noteOverdueInvoices.handle
  const due = { data: { service: 'billing', key: 'due-i1', dueAt: DUE_AT, payload: { invoiceId: 'i1' } } }
  await noteOverdueInvoices.handle(
    due as unknown as Parameters<Handle>[0],
    {} as BillingDeps,
    context as unknown as Parameters<Handle>[2]
  )
  const [events] = decided
  t.match(events === undefined || isRefusal(events) ? [] : events, [{ data: { invoiceId: 'i1', dueAt: DUE_AT } }])
})
