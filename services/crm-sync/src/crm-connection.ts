import type {
  Budget,
  CallEnded,
  Circuit,
  CircuitStateName,
  OutboundLogger,
  TokenOptions,
  TokenSeal
} from '@leadlog/outbound'
import type { CrmProvider } from './crm-provider.ts'

/** What every connection to a CRM is made of, whichever CRM it is. */
export interface CrmSurroundings {
  /** Calls a minute that are sustained. */
  readonly ratePerMinute: number
  readonly ratePerDay: number
  /** The part of the rates that this process uses on its own while there is no Redis. */
  readonly localShare?: number
  /** Hosts inside that may be called. */
  readonly privateHosts: readonly string[]
  /** Where token and budget are shared by all processes. */
  readonly redis: TokenOptions['redis'] | undefined
  /** Encrypts the token in Redis. */
  readonly seal: TokenSeal
  /** Put before the keys in Redis. */
  readonly keyPrefix?: string
  readonly timeoutMs?: number
  readonly logger: OutboundLogger
  readonly clock: () => Date
  readonly onCallEnded?: (call: CallEnded) => void
  readonly onCircuitChange?: (state: CircuitStateName) => void
}

/** One connection to a CRM account. */
export interface CrmConnection {
  readonly provider: CrmProvider
  /** For metrics. */
  readonly budget: Budget
  readonly circuit: Circuit
  close(): Promise<void>
}
