import { invoiceStatuses } from '@leadlog/contracts'
import { creditNotePdf, invoicePdf } from '@leadlog/invoice-pdf'
import { problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { expandParameter, oneWithLead, pageWithLeads, withLead } from '../leads/with-lead.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { hasTag, setTag, tagOf } from '../query/etag.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { Invoice, InvoiceDetail, InvoiceSums } from './invoice.schema.ts'
import {
  findInvoice,
  findInvoices,
  findPrintedCreditNote,
  findPrintedInvoice,
  sumInvoices
} from './invoices.queries.ts'

const filters = {
  state: choiceParameter({ description: 'invoices in one state', words: invoiceStatuses }),
  leadId: textParameter({ description: 'invoices of one lead' }),
  customer: textParameter({ description: "a part of the customer's name, company or address, or of the number" }),
  currency: textParameter({ description: 'in one currency, such as USD' }),
  overdue: choiceParameter({ description: 'unpaid after their day, or all others', words: ['true', 'false'] }),
  from: timeParameter({ description: 'issued at or after; a draft counts by the day on which it was begun' }),
  to: timeParameter({ description: 'issued before' })
}

const listQuery = defineQuery({
  ...filters,
  expand: expandParameter(),
  sort: sortParameter('-datedAt', 'datedAt', 'dueAt', '-dueAt', '-changedAt', 'changedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const sumsQuery = defineQuery({ ...filters, after: afterParameter() })
const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })
const fileQuery = defineQuery({ after: afterParameter() })

const NoteParams = Type.Object({
  id: Type.String({ description: 'id of the invoice' }),
  creditNoteId: Type.String({ description: 'id of the credit note' })
})
const PDF = {
  200: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'the PDF' }),
  304: Type.Unsafe<never>({ type: 'null', description: 'the client has it' }),
  ...problemResponses(400, 401, 403, 404, 429, 500, 503, 504)
}

/** Invoices and credit notes. They are written by commands to `billing`. */
export function invoiceRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/invoices',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-invoices', 'gateway-leads'] } },
      schema: {
        tags: ['Billing'],
        summary: 'Invoices',
        querystring: listQuery.schema,
        response: { 200: pageOf(withLead(Invoice)), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { expand, sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, async (db) =>
        pageWithLeads(db, await findInvoices(db, filter, sort, { limit, cursor }), expand)
      )
    }
  )

  app.get(
    '/invoices/totals',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-invoices'] } },
      schema: {
        tags: ['Billing'],
        summary: 'What invoices come to, by currency',
        querystring: sumsQuery.schema,
        response: { 200: Type.Object({ data: Type.Array(InvoiceSums) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { after, ...filter } = sumsQuery.parse(request.query)
      await freshness.includes(after)
      return { data: await reads(request, (db) => sumInvoices(db, filter)) }
    }
  )

  app.get(
    '/invoices/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Billing'],
        summary: 'One invoice with its lines, credit notes and history',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: withLead(InvoiceDetail), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { expand, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const invoice = await reads(request, async (db) => oneWithLead(db, await findInvoice(db, id), expand))
      return found(invoice, 'INVOICE_UNKNOWN', `invoice ${id}`)
    }
  )

  app.get(
    '/invoices/:id/pdf',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Billing'],
        summary: 'The invoice as a PDF, of a draft how it would look; the same bytes as in the mail',
        params: IdParams,
        querystring: fileQuery.schema,
        response: PDF
      }
    },
    async (request, reply) => {
      const id = pathId(request.params)
      await freshness.includes(fileQuery.parse(request.query).after)
      const printed = found(
        await reads(request, (db) => findPrintedInvoice(db, id)),
        'INVOICE_UNKNOWN',
        `invoice ${id}`
      )
      return sendPdf(request, reply, printed.sent?.number ?? 'draft', await invoicePdf(printed))
    }
  )

  app.get(
    '/invoices/:id/credit-notes/:creditNoteId/pdf',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Billing'],
        summary: 'A credit note as a PDF',
        params: NoteParams,
        querystring: fileQuery.schema,
        response: PDF
      }
    },
    async (request, reply) => {
      const [id, creditNoteId] = [pathId(request.params), pathId({ id: request.params.creditNoteId })]
      await freshness.includes(fileQuery.parse(request.query).after)
      const printed = found(
        await reads(request, (db) => findPrintedCreditNote(db, id, creditNoteId)),
        'CREDIT_NOTE_UNKNOWN',
        `credit note ${creditNoteId} of invoice ${id}`
      )
      return sendPdf(request, reply, printed.number, await creditNotePdf(printed))
    }
  )
}

/** Tagged by its bytes, which are the same for the same document. */
function sendPdf(request: FastifyRequest, reply: FastifyReply, name: string, pdf: Buffer): FastifyReply {
  const tag = tagOf(pdf)
  setTag(reply, tag)
  if (hasTag(request, tag)) return reply.code(304).send()
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${name.replace(/[^A-Za-z0-9_-]/g, '_')}.pdf"`)
    .send(pdf)
}
