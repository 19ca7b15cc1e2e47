import {
  CreditNoteIssued,
  derivedId,
  InvoiceDraftSaved,
  InvoicePaid,
  InvoiceSent,
  InvoiceVoided,
  IssueCreditNote,
  NumberTaken,
  SaveInvoice,
  SendInvoice,
  VoidInvoice
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { itemOf, itemRef } from '../catalogue/catalogue-item.ts'
import type { BillingDeps } from '../deps.ts'
import { mailNotConfigured } from '../errors.ts'
import { seriesOf } from '../numbering/series.ts'
import { invoiceOf, invoiceRef } from './invoice.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { saveDraft } from './save-draft.ts'
import { send } from './send.ts'
import { voidInvoice } from './void-invoice.ts'

const USUAL_DUE_DAYS = 14

/** A draft is written down or changed. */
export const saveInvoiceCommand = defineCommandHandler({
  command: SaveInvoice,
  emits: [InvoiceDraftSaved],
  handle: async (asked, deps: BillingDeps, { commandId, personId, transact }) => {
    const invoiceId = asked.invoiceId ?? derivedId('invoice', commandId)
    const itemIds = [...new Set(asked.lines.flatMap(({ itemId }) => (itemId === undefined ? [] : [itemId])))]
    const result = await transact({
      load: [invoiceRef(invoiceId), ...itemIds.map(itemRef)],
      decide: ([history, ...items]) =>
        saveDraft(
          invoiceOf(history?.events ?? []),
          {
            invoiceId,
            personId,
            leadId: asked.leadId ?? null,
            customer: asked.customer,
            currency: asked.currency,
            lines: asked.lines,
            discount: asked.discount ?? null,
            dueDays: asked.dueDays ?? USUAL_DUE_DAYS,
            seller: deps.seller,
            expectedDraft: asked.expectedDraft
          },
          new Map(itemIds.map((id, index) => [id, itemOf(items[index]?.events ?? [])]))
        )
    })
    if ('refusal' in result) return result.refusal
    const { draft } = invoiceOf(result.events)
    if (draft === null) throw new Error('a draft was decided and is not there')
    const { net, tax, total } = draft.totals
    return { invoiceId, draft: draft.draft, net, tax, total, currency: draft.currency }
  }
})

/** A draft gets its number and is owed. */
export const sendInvoiceCommand = defineCommandHandler({
  command: SendInvoice,
  emits: [InvoiceSent, NumberTaken, InvoicePaid],
  handle: async ({ invoiceId, mail = true }, deps: BillingDeps, { clock, transact, load }) => {
    if (mail && deps.mailer === null && !deps.dryRun) return mailNotConfigured()
    const now = clock.now()
    const series = seriesOf(deps.invoiceSeries, now)
    const result = await transact({
      load: [invoiceRef(invoiceId), series.ref],
      decide: ([history, numbers]) =>
        send(invoiceOf(history?.events ?? []), numbers?.events ?? [], {
          invoiceId,
          at: now.toISOString(),
          mail,
          series,
          seller: deps.seller
        })
    })
    if ('refusal' in result) return result.refusal
    const { sent } = invoiceOf((await load(invoiceRef(invoiceId))).events)
    if (sent === null) throw new Error('an invoice was sent and is not')
    return { invoiceId, number: sent.number, dueAt: sent.dueAt }
  }
})

/** A draft or an unpaid invoice is void. */
export const voidInvoiceCommand = defineCommandHandler({
  command: VoidInvoice,
  emits: [InvoiceVoided],
  handle: async (asked, _deps: BillingDeps, { transact }) => {
    const result = await transact({
      load: [invoiceRef(asked.invoiceId)],
      decide: ([history]) => voidInvoice(invoiceOf(history?.events ?? []), asked)
    })
    return 'refusal' in result ? result.refusal : { invoiceId: asked.invoiceId }
  }
})

/** A part of what was sent is taken back. */
export const issueCreditNoteCommand = defineCommandHandler({
  command: IssueCreditNote,
  emits: [CreditNoteIssued, NumberTaken, InvoicePaid],
  handle: async ({ invoiceId, lines = null, reason }, deps: BillingDeps, { commandId, clock, transact, load }) => {
    const now = clock.now()
    const series = seriesOf(deps.creditSeries, now)
    const creditNoteId = derivedId('credit-note', commandId)
    const order = { invoiceId, creditNoteId, lines, reason, at: now.toISOString(), series, seller: deps.seller }
    const result = await transact({
      load: [invoiceRef(invoiceId), series.ref],
      decide: ([history, numbers]) => issueCreditNote(invoiceOf(history?.events ?? []), numbers?.events ?? [], order)
    })
    if ('refusal' in result) return result.refusal
    const note = (await load(invoiceRef(invoiceId))).events
      .filter((event) => event.type === CreditNoteIssued.type)
      .map(({ data }) => data as { creditNoteId: string; number: string; total: number })
      .find((data) => data.creditNoteId === creditNoteId)
    if (note === undefined) throw new Error('a credit note was issued and is not there')
    return { creditNoteId, number: note.number, total: note.total }
  }
})
