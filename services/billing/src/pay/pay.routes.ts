import { TransientError } from '@leadlog/contracts'
import { invoicePdf } from '@leadlog/invoice-pdf'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { ensureCheckout } from '../checkout/ensure-checkout.ts'
import type { BillingDeps } from '../deps.ts'
import { linkUnknown, paymentUnavailable } from '../errors.ts'
import { invoiceOf, invoiceRef, statusOf, type Invoice } from '../invoice/invoice.ts'
import { printedInvoice } from '../mail/printed-invoice.ts'
import { isLinkToken } from './link.ts'

const Link = Type.Object({
  invoiceId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  token: Type.String({ pattern: '^[0-9a-f]{32}$' })
})
const Query = Type.Object({ done: Type.Optional(Type.String()), back: Type.Optional(Type.String()) })

/** What customers open from their mail. Whoever has the link may see and pay the invoice, and nothing else. */
export function payRoutes(app: HttpServer, deps: BillingDeps): void {
  const invoiceBehind = async ({ invoiceId, token }: { invoiceId: string; token: string }): Promise<Invoice> => {
    if (!isLinkToken(deps, invoiceId, token)) throw linkUnknown()
    const invoice = invoiceOf((await deps.log.load(invoiceRef(invoiceId))).events)
    if (invoice.sent === null) throw linkUnknown()
    return invoice
  }

  app.get('/pay/:invoiceId/:token', { schema: { params: Link, querystring: Query } }, async (request, reply) => {
    const { params, query } = request
    const invoice = await invoiceBehind(params)
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    if (query.back !== undefined && statusOf(invoice) !== 'paid') {
      return reply
        .type('text/plain; charset=utf-8')
        .send(`Invoice ${invoice.sent?.number ?? ''} is not paid yet. Its link opens the page to pay on again.\n`)
    }
    const page = query.done === undefined ? await pageOf(deps, params.invoiceId) : { kind: 'done' as const }
    if (page.kind === 'open') return reply.redirect(page.url, 303)
    return reply
      .type('text/plain; charset=utf-8')
      .send(page.kind === 'done' ? saidOf(invoice) : 'This invoice cannot be paid online. Its details say how.\n')
  })

  app.get('/pay/:invoiceId/:token/invoice.pdf', { schema: { params: Link } }, async ({ params }, reply) => {
    const pdf = await invoicePdf(printedInvoice(await invoiceBehind(params), deps.seller))
    return reply
      .type('application/pdf')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline; filename="invoice.pdf"')
      .send(pdf)
  })
}

async function pageOf(deps: BillingDeps, invoiceId: string): ReturnType<typeof ensureCheckout> {
  try {
    return await ensureCheckout(deps, invoiceId)
  } catch (error) {
    if (!(error instanceof TransientError)) throw error
    deps.logger.warn({ err: error, invoiceId }, 'a page to pay on could not be opened')
    throw paymentUnavailable()
  }
}

function saidOf(invoice: Invoice): string {
  const number = invoice.sent?.number ?? ''
  switch (statusOf(invoice)) {
    case 'paid':
      return `Invoice ${number} is paid. Thank you.\n`
    case 'void':
      return `Invoice ${number} is void: nothing is to be paid.\n`
    default:
      return `Thank you. The payment of invoice ${number} is on its way to us.\n`
  }
}
