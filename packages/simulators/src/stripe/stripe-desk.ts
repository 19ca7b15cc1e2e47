import { showCharge, showDispute, showRefund, showSession } from './stripe-resources.ts'
import type { StripeSender } from './stripe-sender.ts'
import type { StripeCharge, StripeIntent, StripeSession, StripeStore } from './stripe-store.ts'

/** How somebody pays. */
export interface Paying {
  /** By bank debit: the session completes unpaid, and the money comes or does not later. */
  later?: boolean
  /** As if the session had another amount or currency than was asked for. */
  amount?: number
  currency?: string
}

/** What customers and their banks do; each change is told. `undefined` where there is nothing to do it to. */
export interface StripeDesk {
  pay(sessionId: string, how?: Paying): StripeSession | undefined
  /** The money of a bank debit came, or did not. */
  settle(sessionId: string, succeeded: boolean): StripeSession | undefined
  expire(sessionId: string): StripeSession | undefined
  /** Gives a part of a payment back, or what is left of it; undefined where there is less left. */
  refund(intentId: string, amount?: number, metadata?: Record<string, string>): string | undefined
  /** The bank gives a refund back, days later: the charge counts it no more. */
  failRefund(refundId: string, reason?: string): string | undefined
  dispute(intentId: string): string | undefined
  closeDispute(disputeId: string, won: boolean): string | undefined
}

export const createStripeDesk = (store: StripeStore, sender: StripeSender): StripeDesk => {
  const customerOf = (id: string | null) => (id === null ? undefined : store.customers.get(id))
  const tellSession = (type: string, session: StripeSession): void =>
    sender.tell(`checkout.session.${type}`, showSession(session, customerOf(session.customer)))
  const tellCharge = (type: string, charge: StripeCharge): void =>
    sender.tell(`charge.${type}`, showCharge(charge, customerOf(charge.customer)))
  const chargeOf = (intentId: string): StripeCharge | undefined => {
    const charge = store.intents.get(intentId)?.charge ?? null
    return charge === null ? undefined : store.charges.get(charge)
  }

  const collect = (session: StripeSession, intent: StripeIntent): void => {
    const charge: StripeCharge = {
      sid: store.nextId('ch'),
      created: store.now(),
      amount: intent.amount,
      refunded: 0,
      currency: intent.currency,
      customer: session.customer,
      intent: intent.sid,
      metadata: intent.metadata,
      disputed: false
    }
    store.charges.save(charge)
    Object.assign(intent, { status: 'succeeded', charge: charge.sid })
    store.intents.save(intent)
    session.paymentStatus = 'paid'
    store.sessions.save(session)
    tellCharge('succeeded', charge)
  }

  return {
    pay: (sessionId, how = {}) => {
      const session = store.sessions.get(sessionId)
      if (session?.status !== 'open') return undefined
      const { later = false, amount = session.amount, currency = session.currency } = how
      const intent: StripeIntent = {
        sid: store.nextId('pi'),
        created: store.now(),
        amount,
        currency,
        customer: session.customer,
        metadata: session.intentMetadata,
        status: 'processing',
        charge: null
      }
      store.intents.save(intent)
      Object.assign(session, { status: 'complete', intent: intent.sid, amount, currency })
      store.sessions.save(session)
      if (!later) collect(session, intent)
      tellSession('completed', session)
      return session
    },

    settle: (sessionId, succeeded) => {
      const session = store.sessions.get(sessionId)
      const intent = session?.intent == null ? undefined : store.intents.get(session.intent)
      if (session === undefined || intent?.status !== 'processing') return undefined
      if (succeeded) collect(session, intent)
      else store.intents.save(Object.assign(intent, { status: 'requires_payment_method' as const }))
      tellSession(succeeded ? 'async_payment_succeeded' : 'async_payment_failed', session)
      return session
    },

    expire: (sessionId) => {
      const session = store.sessions.get(sessionId)
      if (session?.status !== 'open') return undefined
      session.status = 'expired'
      store.sessions.save(session)
      tellSession('expired', session)
      return session
    },

    refund: (intentId, amount, metadata = {}) => {
      const charge = chargeOf(intentId)
      const back = amount ?? (charge === undefined ? 0 : charge.amount - charge.refunded)
      if (charge === undefined || back < 1 || back > charge.amount - charge.refunded) return undefined
      charge.refunded += back
      store.charges.save(charge)
      const sid = store.nextId('re')
      const { currency, sid: of, intent } = charge
      store.refunds.save({ sid, created: store.now(), amount: back, currency, charge: of, intent, metadata })
      tellCharge('refunded', charge)
      return sid
    },

    failRefund: (refundId, reason = 'lost_or_stolen_card') => {
      const refund = store.refunds.get(refundId)
      const charge = refund === undefined ? undefined : store.charges.get(refund.charge)
      if (refund === undefined || charge === undefined || refund.failed !== undefined) return undefined
      charge.refunded -= refund.amount
      store.charges.save(charge)
      refund.failed = reason
      store.refunds.save(refund)
      for (const type of ['refund.failed', 'refund.updated', 'charge.refund.updated']) {
        sender.tell(type, showRefund(refund))
      }
      return refundId
    },

    dispute: (intentId) => {
      const charge = chargeOf(intentId)
      if (charge === undefined || charge.disputed) return undefined
      charge.disputed = true
      store.charges.save(charge)
      const { amount, currency, sid: of, intent } = charge
      const dispute = {
        sid: store.nextId('dp'),
        created: store.now(),
        amount,
        currency,
        charge: of,
        intent,
        status: 'needs_response' as const
      }
      store.disputes.save(dispute)
      sender.tell('charge.dispute.created', showDispute(dispute))
      return dispute.sid
    },

    closeDispute: (disputeId, won) => {
      const dispute = store.disputes.get(disputeId)
      if (dispute?.status !== 'needs_response') return undefined
      dispute.status = won ? 'won' : 'lost'
      store.disputes.save(dispute)
      sender.tell('charge.dispute.closed', showDispute(dispute))
      return disputeId
    }
  }
}
