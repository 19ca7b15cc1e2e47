import type { EventDefinition } from '../event/define-event.ts'
import { CatalogueItemArchived } from './catalogue-item-archived.ts'
import { CatalogueItemRestored } from './catalogue-item-restored.ts'
import { CatalogueItemSaved } from './catalogue-item-saved.ts'
import { StripeEventIgnored } from './stripe-event-ignored.ts'
import { CheckoutEnded } from './checkout-ended.ts'
import { CheckoutOpened } from './checkout-opened.ts'
import { CostCorrected } from './cost-corrected.ts'
import { CostRecorded } from './cost-recorded.ts'
import { CreditNoteIssued } from './credit-note-issued.ts'
import { CustomerDeleted } from './customer-deleted.ts'
import { EffectSimulated } from './effect-simulated.ts'
import { InvoiceDraftSaved } from './invoice-draft-saved.ts'
import { InvoiceMailed } from './invoice-mailed.ts'
import { InvoiceOverdue } from './invoice-overdue.ts'
import { InvoicePaid } from './invoice-paid.ts'
import { InvoiceSent } from './invoice-sent.ts'
import { InvoiceVoided } from './invoice-voided.ts'
import { NumberTaken } from './number-taken.ts'
import { PaymentDisputed } from './payment-disputed.ts'
import { PaymentParked } from './payment-parked.ts'
import { PaymentRecorded } from './payment-recorded.ts'
import { PaymentRefunded } from './payment-refunded.ts'
import { PaymentRejected } from './payment-rejected.ts'
import { RefundFailed } from './refund-failed.ts'
import { RefundMade } from './refund-made.ts'
import { RefundRefused } from './refund-refused.ts'
import { RefundRequested } from './refund-requested.ts'
import { SpendBudgetSet } from './spend-budget-set.ts'
import { SpendThresholdReached } from './spend-threshold-reached.ts'

/** Events of the catalogue, invoices, payments and of what is spent. */
export const billingEvents: readonly EventDefinition[] = [
  CatalogueItemSaved,
  CatalogueItemArchived,
  CatalogueItemRestored,
  InvoiceDraftSaved,
  NumberTaken,
  InvoiceSent,
  InvoiceMailed,
  CheckoutOpened,
  CheckoutEnded,
  StripeEventIgnored,
  PaymentRecorded,
  PaymentParked,
  PaymentRejected,
  RefundRequested,
  RefundMade,
  RefundRefused,
  RefundFailed,
  PaymentRefunded,
  PaymentDisputed,
  InvoicePaid,
  InvoiceOverdue,
  InvoiceVoided,
  CreditNoteIssued,
  EffectSimulated,
  CustomerDeleted,
  CostRecorded,
  CostCorrected,
  SpendBudgetSet,
  SpendThresholdReached
]
