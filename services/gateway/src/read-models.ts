/** What the operators' CLI may use of the gateway: its read models and how they are asked, without HTTP. */
export { gatewayProjections } from './gateway-projections.ts'
export type { ReadDatabase } from './database/database.ts'
export { openReadDatabase } from './database/open-read-database.ts'
export { eventIndex, type EventIndexRow } from './events/event-index.projection.ts'
export type { EventFacts } from './events/event-facts.ts'
export { traceTree, type ExtraCause, type TraceEvent, type TraceNode } from './events/trace.ts'
export { traceEventOf } from './events/trace.queries.ts'
export { findLedger, type LedgerRange } from './ledger/ledger.queries.ts'
