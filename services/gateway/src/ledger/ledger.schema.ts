import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { ReceivedEventStatus } from '../received-events/status.ts'

const counts = {
  received: Type.Integer({ description: 'ignored + failed + processing + processed' }),
  accepted: Type.Integer({ description: 'received and not ignored' }),
  ignored: Type.Integer(),
  failed: Type.Integer({ description: 'parked as a dead letter, or refused by the CRM' }),
  processing: Type.Integer({ description: 'under way, those still queued included' }),
  queued: Type.Integer({ description: 'of those under way: not yet taken up' }),
  processed: Type.Integer({ description: 'synced + simulated + unsynced' }),
  enriched: Type.Integer({ description: 'something was read from it' }),
  synced: Type.Integer({ description: 'the CRM has what followed from it' }),
  simulated: Type.Integer({ description: 'DRY_RUN: the CRM would have got what followed from it' }),
  unsynced: Type.Integer({ description: 'done, and nothing was asked of the CRM' }),
  parked: Type.Integer({ description: 'of those failed: waits as a dead letter' }),
  pulled: Type.Integer({ description: 'of those received: its webhook was lost, a reconciliation fetched it' })
}

export const LedgerCounts = Type.Object(counts)
export type LedgerCounts = Static<typeof LedgerCounts>

/** A received event that is not (yet) where it should end. */
export const LedgerGap = Type.Object({
  id: Type.String(),
  provider: Type.String(),
  eventType: Type.String(),
  receivedAt: Timestamp,
  status: ReceivedEventStatus,
  /** Where it stands; `none` where everything was done and nothing was asked of the CRM. */
  step: OneOf('translate', 'lead', 'extract', 'crm', 'none'),
  reason: Nullable(Type.String())
})
export type LedgerGap = Static<typeof LedgerGap>

/** A source whose provider can be asked, with its newest comparison. */
export const LedgerSource = Type.Object({
  provider: Type.String(),
  reconciledAt: Nullable(Timestamp),
  lastRun: Type.Object({
    id: Type.String(),
    from: Timestamp,
    to: Timestamp,
    completedAt: Timestamp,
    complete: Type.Boolean({ description: 'false: the provider was not listed to the end' }),
    listed: Type.Integer(),
    known: Type.Integer(),
    ingested: Type.Integer({ description: 'webhooks that were lost' }),
    failed: Type.Integer(),
    problem: Nullable(Type.String())
  })
})
export type LedgerSource = Static<typeof LedgerSource>

/** The books: what was received by provider and day, and what became of it. */
export const Ledger = Type.Object({
  from: Timestamp,
  to: Timestamp,
  balanced: Type.Boolean({ description: 'every received event is accounted for exactly once' }),
  totals: LedgerCounts,
  days: Type.Array(
    Type.Object({
      day: Type.String(),
      provider: Type.String(),
      ...counts,
      reconciledAt: Nullable(Timestamp),
      reconciledThrough: Nullable(Timestamp)
    })
  ),
  sources: Type.Array(LedgerSource),
  gaps: Type.Array(LedgerGap, { description: 'oldest first' }),
  gapsTruncated: Type.Boolean()
})
export type Ledger = Static<typeof Ledger>
