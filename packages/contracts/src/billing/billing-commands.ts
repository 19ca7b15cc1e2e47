import type { CommandDefinition } from '../command/define-command.ts'
import { ArchiveCatalogueItem } from './archive-catalogue-item.ts'
import { IssueCreditNote } from './issue-credit-note.ts'
import { MailInvoice } from './mail-invoice.ts'
import { RecordPayment } from './record-payment.ts'
import { RefundPayment } from './refund-payment.ts'
import { SaveCatalogueItem } from './save-catalogue-item.ts'
import { SaveInvoice } from './save-invoice.ts'
import { SendInvoice } from './send-invoice.ts'
import { SetSpendBudget } from './set-spend-budget.ts'
import { SettleParkedPayment } from './settle-parked-payment.ts'
import { VoidInvoice } from './void-invoice.ts'

/** What can be asked of billing. */
export const billingCommands: readonly CommandDefinition[] = [
  SaveCatalogueItem,
  ArchiveCatalogueItem,
  SaveInvoice,
  SendInvoice,
  MailInvoice,
  VoidInvoice,
  RecordPayment,
  IssueCreditNote,
  SettleParkedPayment,
  RefundPayment,
  SetSpendBudget
]
