export {
  createBudget,
  type AcquireOptions,
  type Budget,
  type BudgetOptions,
  type BudgetSnapshot
} from './budget/budget.ts'
export { DEFAULT_LANE_SHARES, LANES, type LaneShare } from './budget/lanes.ts'
export { OutcomeUnknownError, type UnknownReason } from './errors.ts'
export type { OutboundLogger } from './logger.ts'
export {
  createCircuit,
  isVendorFailure,
  type Circuit,
  type CircuitOptions,
  type CircuitStateName
} from './circuit/circuit.ts'
export {
  createVendorClient,
  type CallEnded,
  type CallOutcome,
  type VendorClient,
  type VendorClientOptions
} from './client/vendor-client.ts'
export type { Classification, VendorCall, VendorResponse, VendorStream } from './client/vendor-call.ts'
export { responseOf } from './client/vendor-response.ts'
export { singleFlightToken, type SingleFlightToken, type TokenOptions } from './token/single-flight-token.ts'
export type { AccessToken } from './token/token-record.ts'
export type { TokenSeal } from './token/token-store.ts'
export {
  createEffectLedger,
  type EffectLedger,
  type EffectLedgerOptions,
  type UnresolvedEffect
} from './effects/effect-ledger.ts'
export type {
  EffectBatchRequest,
  EffectHow,
  EffectOutcome,
  EffectRequest,
  EffectResult,
  PreviousAttempt,
  Reconciled,
  Resolution,
  SettledEffect
} from './effects/effect-request.ts'
export { effectLedgerMigration } from './effects/effect-ledger-migration.ts'
export { forgetEffects } from './effects/forget-effects.ts'
export { markLedgerRestored } from './effects/restored-ledger.ts'
export { requestDigest } from './effects/request-digest.ts'
