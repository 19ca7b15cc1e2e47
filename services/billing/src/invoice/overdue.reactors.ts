import { InvoiceOverdue, InvoiceSent } from '@leadlog/contracts'
import { TimerDue } from '@leadlog/event-log'
import { defineReactor } from '@leadlog/service'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef } from './invoice.ts'
import { noteOverdue } from './note-overdue.ts'

/** An invoice that was sent → a timer for the day on which it is due. */
export const setDueTimers = defineReactor({
  name: 'set-due-timers',
  on: [InvoiceSent],
  emits: [],
  concurrency: 8,
  handle: async ({ id, correlationid, data: { invoiceId, dueAt } }, { log }: BillingDeps) => {
    await log.schedule({
      service: 'billing',
      key: `due-${invoiceId}`,
      at: new Date(dueAt),
      payload: { invoiceId },
      actor: 'service:billing',
      cause: { id, correlationId: correlationid }
    })
  }
})

/** The day has come → overdue, unless it is paid. */
export const noteOverdueInvoices = defineReactor({
  name: 'note-overdue',
  on: [TimerDue],
  subjects: ['due.billing.*'],
  emits: [InvoiceOverdue],
  concurrency: 8,
  handle: async ({ data }, _deps: BillingDeps, context) => {
    const { invoiceId } = data.payload as { invoiceId: string }
    // The clock of the server that keeps the timers may be ahead of ours, and it tells only once.
    const now = new Date(Math.max(context.clock.now().getTime(), Date.parse(data.dueAt)))
    await context.transact({
      load: [invoiceRef(invoiceId)],
      decide: ([history]) => noteOverdue(invoiceOf(history?.events ?? []), now)
    })
  }
})
