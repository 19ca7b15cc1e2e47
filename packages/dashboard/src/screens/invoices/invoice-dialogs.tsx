import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { METHODS, REASONS } from '../../words/invoices.ts'
import { amountText, moneyText, readAmount } from '../../words/money.ts'
import { useAskBilling } from './ask-billing.ts'

export type InvoiceAnswer = AnswerOf<'/v1/invoices/{id}'>

/** Asks billing for something about an invoice; what is shown of it is read anew. */
function useInvoiceCommand(name: string, options: { said: string; onDone: () => void }) {
  const ask = useAskBilling()
  return useMutation({
    mutationFn: (body: { readonly invoiceId: string; readonly [more: string]: unknown }) => ask(name, body),
    onSuccess: () => {
      toast.success(options.said)
      options.onDone()
    }
  })
}

interface DialogProps {
  readonly invoice: InvoiceAnswer
  readonly onClose: () => void
}

const MAIL = 'mail'

/** The draft gets its number. */
export function SendDialog({ invoice, onClose }: DialogProps) {
  const [how, setHow] = useState(MAIL)
  const send = useInvoiceCommand('SendInvoice', { said: 'The invoice is sent', onDone: onClose })
  const to = invoice.customer?.email ?? ''
  return (
    <FormDialog
      title="Send this invoice?"
      word="Send"
      working={send.isPending}
      onClose={onClose}
      onSubmit={() => send.mutate({ invoiceId: invoice.id, mail: how === MAIL })}
    >
      <p>
        It gets the next number of its series, and <strong>{moneyText(invoice.total, invoice.currency)}</strong> are
        owed within {invoice.dueDays} days. From then on neither the number nor the invoice changes: what is wrong is
        corrected by a credit note.
      </p>
      <Choice
        label="How it reaches the customer"
        value={how}
        options={[
          { value: MAIL, word: `By e-mail to ${to}` },
          { value: 'not', word: 'Not by e-mail: I hand it over' }
        ]}
        onChange={setHow}
      />
      <Refusal>{send.isError ? send.error.message : null}</Refusal>
    </FormDialog>
  )
}

/** The same mail once more. */
export function MailDialog({ invoice, onClose }: DialogProps) {
  const to = invoice.customer?.email ?? ''
  const mail = useInvoiceCommand('MailInvoice', { said: `Mailed to ${to}`, onDone: onClose })
  return (
    <FormDialog
      title="Mail it again?"
      word="Mail"
      working={mail.isPending}
      onClose={onClose}
      onSubmit={() => mail.mutate({ invoiceId: invoice.id })}
    >
      <p>The invoice goes to {to} once more, with its PDF and the link to pay what is still owed.</p>
      <Refusal>{mail.isError ? mail.error.message : null}</Refusal>
    </FormDialog>
  )
}

/** A draft or an unpaid invoice is void. */
export function VoidDialog({ invoice, onClose }: DialogProps) {
  const [reason, setReason] = useState<string>('mistake')
  const isDraft = invoice.status === 'draft'
  const make = useInvoiceCommand('VoidInvoice', {
    said: isDraft ? 'The draft is discarded' : 'The invoice is void',
    onDone: onClose
  })
  return (
    <FormDialog
      title={isDraft ? 'Discard this draft?' : `Make ${invoice.number ?? 'it'} void?`}
      word={isDraft ? 'Discard' : 'Make void'}
      working={make.isPending}
      onClose={onClose}
      onSubmit={() => make.mutate({ invoiceId: invoice.id, reason })}
    >
      <p>
        {isDraft
          ? 'It stays in the list as void, and cannot be sent any more.'
          : 'Nothing is owed any more and its page to pay is closed. Its number stays taken. This cannot be taken back.'}
      </p>
      <Choice label="Why" value={reason} options={REASONS} onChange={setReason} />
      <Refusal>{make.isError ? make.error.message : null}</Refusal>
    </FormDialog>
  )
}

/** Money that came in elsewhere than at Stripe. */
export function PaymentDialog({ invoice, onClose }: DialogProps) {
  const { currency, balance } = invoice
  const [amount, setAmount] = useState(amountText(balance, currency))
  const [method, setMethod] = useState<string>('bank-transfer')
  const [day, setDay] = useState(today)
  const [wrong, setWrong] = useState<string | null>(null)
  const record = useInvoiceCommand('RecordPayment', { said: 'The payment is recorded', onDone: onClose })
  const submit = (): void => {
    const read = readAmount(amount, currency)
    if (read === null || read === 0) return setWrong(`The amount is one such as ${amountText(balance, currency)}.`)
    if (read > balance) return setWrong(`No more than ${moneyText(balance, currency)} are owed.`)
    if (day > today()) return setWrong('The day is one that was.')
    setWrong(null)
    // Of today, now; of another day, its noon, which is that day nearly everywhere.
    const at = day === today() ? {} : { at: `${day}T12:00:00.000Z` }
    record.mutate({ invoiceId: invoice.id, amount: read, currency, method, ...at })
  }
  return (
    <FormDialog title="Record a payment" word="Record" working={record.isPending} onClose={onClose} onSubmit={submit}>
      <p>{moneyText(balance, currency)} are owed. Payments at Stripe are recorded by themselves.</p>
      <Field
        label={`Amount, ${currency}`}
        inputMode="decimal"
        autoFocus
        maxLength={20}
        value={amount}
        onChange={(event) => setAmount(event.target.value)}
      />
      <Choice label="How" value={method} options={METHODS} onChange={setMethod} />
      <Field
        label="Day"
        type="date"
        max={today()}
        required
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <Refusal>{wrong ?? (record.isError ? record.error.message : null)}</Refusal>
    </FormDialog>
  )
}

/** A part of what was sent, or all that is left, is not owed. */
export function CreditDialog({ invoice, onClose }: DialogProps) {
  const { currency } = invoice
  const left = invoice.lines.map(({ total }, index) => total - creditedOf(invoice, index + 1))
  const [amounts, setAmounts] = useState<readonly string[]>(() => left.map((one) => amountText(one, currency)))
  const [reason, setReason] = useState<string>('mistake')
  const [wrong, setWrong] = useState<string | null>(null)
  const issue = useInvoiceCommand('IssueCreditNote', { said: 'The credit note is issued', onDone: onClose })
  const read = amounts.map((text) => (text.trim() === '' ? 0 : readAmount(text, currency)))
  const sum = read.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0)
  const submit = (): void => {
    const tooMuch = read.findIndex((one, index) => one === null || one > (left[index] ?? 0))
    if (tooMuch >= 0) {
      return setWrong(`Line ${tooMuch + 1} has ${moneyText(left[tooMuch] ?? 0, currency)} left to credit.`)
    }
    if (sum === 0) return setWrong('Credit something of at least one line.')
    setWrong(null)
    const lines = read.flatMap((total, index) => (total === null || total === 0 ? [] : [{ line: index + 1, total }]))
    issue.mutate({ invoiceId: invoice.id, lines, reason })
  }
  return (
    <FormDialog title="Issue a credit note" word="Issue" working={issue.isPending} onClose={onClose} onSubmit={submit}>
      <p>
        What is credited is not owed any more. It gets a number of its own, which stays. Money that was paid is given
        back at Stripe, or by you.
      </p>
      <div
        className="flex max-h-72 flex-col gap-3 overflow-y-auto px-0.5"
        role="group"
        aria-label="Lines, with their tax"
      >
        {invoice.lines.map(({ text }, index) => (
          <Field
            key={index}
            label={`${index + 1}. ${text === '' ? 'An erased line' : text}`}
            inputMode="decimal"
            maxLength={20}
            value={amounts[index] ?? ''}
            onChange={(event) => {
              const { value } = event.target
              setAmounts((before) => before.map((one, place) => (place === index ? value : one)))
            }}
            help={`${moneyText(left[index] ?? 0, currency)} left, with tax`}
          />
        ))}
      </div>
      <Total>{sum === null ? 'Not a sum yet' : moneyText(sum, currency)}</Total>
      <Choice label="Why" value={reason} options={REASONS} onChange={setReason} />
      <Refusal>{wrong ?? (issue.isError ? issue.error.message : null)}</Refusal>
    </FormDialog>
  )
}

function Total({ children }: { children: ReactNode }) {
  return (
    <p className="flex justify-between border-t border-separator pt-2 font-medium">
      <span>Credited</span>
      <span className="tnum">{children}</span>
    </p>
  )
}

/** How much of a line was credited, by its number from 1. */
export function creditedOf({ creditNotes }: Pick<InvoiceAnswer, 'creditNotes'>, line: number): number {
  return creditNotes.flatMap((note) => note.lines).reduce((sum, one) => (one.line === line ? sum + one.total : sum), 0)
}

function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
