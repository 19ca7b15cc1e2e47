import { isRefusal, PaymentRecorded, type RecordedEvent } from '@leadlog/contracts'
import type { Mail } from '@leadlog/mail'
import t from 'tap'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf } from '../invoice/invoice.ts'
import { saveDraft } from '../invoice/save-draft.ts'
import { send } from '../invoice/send.ts'
import { seriesOf } from '../numbering/series.ts'
import { mailInvoice } from './mail-invoice.ts'

const AT = '2026-11-30T10:00:00.000Z'
const seller = { name: 'Example Ltd', address: [], taxId: null }

/** What is mailed of an invoice over 100.00 USD of which so much was paid. */
async function mailed(paid: number): Promise<Mail | undefined> {
  const events: RecordedEvent[] = []
  const record = (decided: ReturnType<typeof saveDraft>): void => {
    if (isRefusal(decided)) throw new TypeError(decided.code)
    events.push(...decided.map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent))
  }
  const draft = {
    invoiceId: 'i1',
    personId: 'p1',
    leadId: null,
    customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
    currency: 'USD',
    lines: [{ description: 'Workshop', quantity: '1', unitPrice: 10_000, taxRate: '0' }],
    discount: null,
    dueDays: 14,
    seller
  }
  record(saveDraft(invoiceOf([]), draft, new Map()))
  const series = seriesOf('INV', new Date(AT))
  record(send(invoiceOf(events), [], { invoiceId: 'i1', at: AT, mail: true, series, seller }))
  if (paid > 0) events.push({ type: PaymentRecorded.type, data: { paymentId: 'b1', amount: paid } } as RecordedEvent)
  let mail: Mail | undefined
  const deps = {
    mailer: { send: async (sent: Mail) => void (mail = sent) },
    effects: { run: async ({ perform }: { perform: () => Promise<unknown> }) => ({ response: await perform() }) },
    dryRun: false,
    stripe: {},
    seller,
    billingUrl: 'https://pay.leadlog.example.com',
    linkToken: () => '0'.repeat(32)
  } as unknown as BillingDeps
  await mailInvoice(deps, invoiceOf(events), 'k1')
  return mail
}

void t.test('a mail says what is left to pay until when, and where', async (t) => {
  const link = /https:\/\/pay\.leadlog\.example\.com\/pay\/i1/
  const whole = await mailed(0)
  t.match(whole?.text, /: 100\.00 USD are to be paid until 2026-12-14\./)
  t.match(whole?.text, link)
  t.match((await mailed(4_000))?.text, /: 60\.00 USD are to be paid until 2026-12-14\./)
})

void t.test('the mail of a paid invoice says that it is paid, and asks for nothing', async (t) => {
  for (const paid of [10_000, 10_500]) {
    const mail = await mailed(paid)
    for (const text of [mail?.text, mail?.html]) {
      t.match(text, /: it is paid, and nothing is left to pay\./)
      t.notMatch(text, /to be paid|until|0\.00|https:/)
    }
    t.equal(mail?.attachments?.length, 1)
  }
})
