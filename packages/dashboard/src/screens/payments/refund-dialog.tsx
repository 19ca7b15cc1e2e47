import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { REASONS } from '../../words/invoices.ts'
import { amountText, moneyText, readAmount } from '../../words/money.ts'
import { useAskBilling } from '../invoices/ask-billing.ts'
import type { Payment } from './payment-detail.tsx'

/** Gives a payment back, or a part of it. */
export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const ask = useAskBilling()
  const { id: paymentId, invoiceId, currency, refundable } = payment
  const [text, setText] = useState(amountText(refundable, currency))
  const [reason, setReason] = useState('customer-request')
  const [wrong, setWrong] = useState<string | null>(null)
  const refund = useMutation({
    mutationFn: (amount: number) => ask('RefundPayment', { invoiceId, paymentId, amount, reason }),
    onSuccess: (_done, amount) => {
      toast.success(`${moneyText(amount, currency)} go back. Stripe is asked now.`)
      onClose()
    }
  })
  return (
    <FormDialog
      title="Refund"
      word="Give it back"
      working={refund.isPending}
      onClose={onClose}
      onSubmit={() => {
        const amount = readAmount(text, currency)
        if (amount === null || amount === 0)
          return setWrong(`Enter an amount such as ${amountText(refundable, currency)}.`)
        if (amount > refundable) return setWrong(`${moneyText(refundable, currency)} can be given back at most.`)
        setWrong(null)
        refund.mutate(amount)
      }}
    >
      <p>
        It goes back the way it came, which takes the bank five to ten days. What is owed does not change by it: where
        less is owed too, issue a credit note on the invoice.
      </p>
      <Field
        label={`Amount in ${currency}, at most ${moneyText(refundable, currency)}`}
        inputMode="decimal"
        value={text}
        maxLength={16}
        onChange={(event) => setText(event.target.value)}
      />
      <Choice label="Reason" value={reason} options={REASONS} onChange={setReason} />
      <Refusal>{wrong ?? (refund.isError ? refund.error.message : null)}</Refusal>
    </FormDialog>
  )
}
