import { Nullable, Timestamp } from '@leadlog/contracts'
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
  unsynced: Type.Integer({ description: 'done, and nothing was asked of the CRM' })
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
  reason: Nullable(Type.String())
})
export type LedgerGap = Static<typeof LedgerGap>

/** The books: what was received by provider and day, and what became of it. */
export const Ledger = Type.Object({
  from: Timestamp,
  to: Timestamp,
  balanced: Type.Boolean({ description: 'every received event is accounted for exactly once' }),
  totals: LedgerCounts,
  days: Type.Array(Type.Object({ day: Type.String(), provider: Type.String(), ...counts })),
  gaps: Type.Array(LedgerGap, { description: 'oldest first' }),
  gapsTruncated: Type.Boolean()
})
export type Ledger = Static<typeof Ledger>
