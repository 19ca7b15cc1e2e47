import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Code, Fact, Facts, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { may } from '../../words/access.ts'
import { methodWord, reasonWord } from '../../words/invoices.ts'
import { moneyText } from '../../words/money.ts'
import { disputeLook, invoiceName, payerName, paymentLook, refundLook } from '../../words/payments.ts'
import { RefundDialog } from './refund-dialog.tsx'
import { SettleParked } from './settle-parked.tsx'

export type Payment = AnswerOf<'/v1/payments/{id}'>

/** One payment: for what it was, what waits to be said about it, and what went back. */
export default function PaymentDetail() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/payments/{id}', id, { expand: 'lead' }))
  const title = found.data === undefined ? 'A payment' : moneyText(found.data.amount, found.data.currency)
  return (
    <DetailPanel title={title} kicker="Payment" back="/payments">
      <Loaded read={found}>{(payment) => <Body key={payment.id} payment={payment} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ payment }: { payment: Payment }) {
  const mayChange = may(useMe(), 'commands')
  const [refunding, setRefunding] = useState(false)
  const { currency, refunded, refundable, refunds, disputes, stripe } = payment
  const lead = payment.expanded?.lead ?? null
  return (
    <>
      <p>
        <Look look={paymentLook(payment)} />
      </p>
      {payment.state === 'parked' ? <SettleParked payment={payment} mayChange={mayChange} /> : null}
      <Facts>
        <Fact name="Invoice">
          <Link to="/invoices/$id" params={{ id: payment.invoiceId }} className="font-medium text-link hover:underline">
            {invoiceName(payment)}
          </Link>
        </Fact>
        <Fact name="From">
          {lead === null ? (
            payerName(payment)
          ) : (
            <Link to="/leads/$id" params={{ id: lead.id }} className="font-medium text-link hover:underline">
              {lead.name ?? lead.email}
            </Link>
          )}
        </Fact>
        <Fact name="By">{methodWord(payment.method)}</Fact>
        <Fact name="Came in">
          <Time at={payment.at} />
        </Fact>
        {payment.settledBy === null || payment.settledAt === null ? null : (
          <Fact name={payment.state === 'rejected' ? 'Rejected' : 'Accepted'}>
            <Time at={payment.settledAt} /> <span className="text-muted">by {payment.settledBy}</span>
          </Fact>
        )}
        <Fact name="Went back">{refunded === 0 ? 'Nothing' : moneyText(refunded, currency)}</Fact>
        {stripe.paymentIntentId === null ? null : (
          <Fact name="At Stripe">
            <Code>{stripe.paymentIntentId}</Code>
          </Fact>
        )}
      </Facts>
      {mayChange && refundable > 0 ? (
        <Button size="sm" variant="secondary" className="self-start" onPress={() => setRefunding(true)}>
          Refund
        </Button>
      ) : null}
      {disputes.length === 0 ? null : (
        <Section title="Disputes">
          <ul className="flex flex-col gap-3">
            {disputes.map((dispute) => (
              <li key={dispute.id} className="rounded-lg border border-border p-3">
                <p className="flex flex-wrap items-center justify-between gap-2">
                  <span className="font-medium">{moneyText(dispute.amount, currency)}</span>
                  <Look look={disputeLook(dispute.status)} />
                </p>
                <p className="mt-1 text-xs text-muted">
                  <Time at={dispute.at} /> <Code>{dispute.id}</Code>
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {refunds.length === 0 ? null : (
        <Section title="Refunds asked for here, newest first">
          <ol className="flex flex-col gap-3">
            {refunds.toReversed().map((refund) => (
              <li key={refund.id} className="rounded-lg border border-border p-3">
                <p className="flex flex-wrap items-center justify-between gap-2">
                  <span className="font-medium">{moneyText(refund.amount, currency)}</span>
                  <Look look={refundLook(refund.state)} />
                </p>
                <p className="mt-1">{reasonWord(refund.reason)}</p>
                {refund.code === null ? null : <p className="mt-1 font-mono text-xs">{refund.code}</p>}
                <p className="mt-1 text-xs text-muted">
                  {refund.by}, <Time at={refund.askedAt} />
                </p>
              </li>
            ))}
          </ol>
        </Section>
      )}
      {refunding ? <RefundDialog payment={payment} onClose={() => setRefunding(false)} /> : null}
    </>
  )
}
