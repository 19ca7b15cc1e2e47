import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { Refusal } from '../../design/field.tsx'
import { Fact, Facts } from '../../design/page.tsx'
import { Time } from '../../design/time.tsx'
import { moneyText } from '../../words/money.ts'
import { acceptWords, parkedWords } from '../../words/payments.ts'
import { useAskBilling } from '../invoices/ask-billing.ts'
import type { Payment } from './payment-detail.tsx'

/** Money that fits no invoice: what was paid, what was owed, why it waits, and what can become of it. */
export function SettleParked({ payment, mayChange }: { payment: Payment; mayChange: boolean }) {
  const ask = useAskBilling()
  const { id: paymentId, invoiceId, amount, currency, parking, invoice } = payment
  const settle = useMutation({
    mutationFn: (decision: 'accept' | 'reject') => ask('SettleParkedPayment', { invoiceId, paymentId, decision }),
    onSuccess: (_done, decision) => {
      toast.success(decision === 'accept' ? 'It counts on the invoice' : 'It is rejected: it can be refunded now')
    }
  })
  const accepting = acceptWords(payment)
  const paid = moneyText(amount, currency)
  return (
    <section aria-label="Waits for a person" className="flex flex-col gap-3 rounded-lg border border-border p-4">
      <p className="font-medium">{parkedWords(payment)}</p>
      {parking === null ? null : (
        <Facts>
          <Fact name="Paid">{paid}</Fact>
          <Fact name="Owed then">{moneyText(parking.expected, invoice?.currency ?? currency)}</Fact>
          <Fact name="Waits since">
            <Time at={parking.parkedAt} />
          </Fact>
        </Facts>
      )}
      <div className="flex flex-col gap-2">
        <p className="text-muted">
          <span className="font-medium text-foreground">Accept:</span>{' '}
          {accepting ??
            'not possible here. Money of another currency, or for an invoice that is not open, cannot count.'}
        </p>
        <p className="text-muted">
          <span className="font-medium text-foreground">Reject:</span> it does not count on the invoice. The money stays
          at Stripe until you refund it here, which is the next step.
        </p>
      </div>
      {mayChange ? (
        <div className="flex flex-wrap gap-2">
          {accepting === null ? null : (
            <ConfirmButton
              word="Accept"
              question={`Count ${paid} as paid on the invoice? It cannot be taken back.`}
              sure="Accept it"
              working={settle.isPending}
              onSure={() => settle.mutate('accept')}
            />
          )}
          <ConfirmButton
            word="Reject"
            question={`Reject ${paid}? It does not count, and you can refund it next.`}
            sure="Reject it"
            working={settle.isPending}
            onSure={() => settle.mutate('reject')}
          />
        </div>
      ) : (
        <p className="text-muted">Somebody who may send commands decides.</p>
      )}
      <Refusal>{settle.isError ? settle.error.message : null}</Refusal>
    </section>
  )
}
