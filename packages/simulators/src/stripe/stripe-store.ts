import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import { sha256Hex } from '../seeded.ts'
import type { StateLog } from '../state-log.ts'
import { createSidStore } from '../twilio/sid-store.ts'
import type { SidStore } from '../twilio/sid-store.ts'

/** Anything with an id of Stripe's; `sid` is that id. */
export interface StripeCustomer extends JsonObject {
  sid: string
  created: number
  email: string | null
  name: string | null
  metadata: Record<string, string>
}

export interface StripeSession extends JsonObject {
  sid: string
  created: number
  expiresAt: number
  customer: string | null
  reference: string | null
  metadata: Record<string, string>
  intentMetadata: Record<string, string>
  currency: string
  amount: number
  items: JsonObject[]
  successUrl: string
  cancelUrl: string | null
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'unpaid' | 'paid'
  intent: string | null
  /** Where the simulators are reached, for the page to pay on. */
  origin: string
}

export interface StripeIntent extends JsonObject {
  sid: string
  created: number
  amount: number
  currency: string
  customer: string | null
  metadata: Record<string, string>
  status: 'processing' | 'succeeded' | 'requires_payment_method'
  charge: string | null
}

export interface StripeCharge extends JsonObject {
  sid: string
  created: number
  amount: number
  refunded: number
  currency: string
  customer: string | null
  intent: string
  metadata: Record<string, string>
  disputed: boolean
}

export interface StripeRefund extends JsonObject {
  sid: string
  created: number
  amount: number
  currency: string
  charge: string
  intent: string
  metadata: Record<string, string>
  /** Why the bank gave it back; absent where it did not. */
  failed?: string
}

export interface StripeDispute extends JsonObject {
  sid: string
  created: number
  amount: number
  currency: string
  charge: string
  intent: string
  status: 'needs_response' | 'won' | 'lost'
}

export interface StripeEvent extends JsonObject {
  sid: string
  created: number
  type: string
  object: JsonObject
}

/** What Stripe answered to a key, for whoever asks with it again. */
export interface KeptAnswer extends JsonObject {
  sid: string
  digest: string
  status: number
  body: string
}

/** What one account holds. */
export interface StripeStore {
  customers: SidStore<StripeCustomer>
  sessions: SidStore<StripeSession>
  intents: SidStore<StripeIntent>
  charges: SidStore<StripeCharge>
  refunds: SidStore<StripeRefund>
  disputes: SidStore<StripeDispute>
  events: SidStore<StripeEvent>
  answers: SidStore<KeptAnswer>
  nextId(prefix: string): string
  /** Unix seconds. */
  now(): number
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const KEPT = 20_000

/** Letters and digits as in Stripe's ids, in which digits do not stand in long runs as in a number written in hexadecimal. */
const lettersOf = (hex: string): string =>
  Buffer.from(hex, 'hex').toString('base64url').replace(/[-_]/g, '').slice(0, 24)

export const createStripeStore = (log: StateLog, clock: SimulatorClock, seed: string): StripeStore => {
  const store = <Entry extends { sid: string }>(name: string): SidStore<Entry> =>
    createSidStore<Entry>(log, { kind: `stripe.${name}`, most: KEPT })
  const stores = {
    customers: store<StripeCustomer>('customer'),
    sessions: store<StripeSession>('session'),
    intents: store<StripeIntent>('intent'),
    charges: store<StripeCharge>('charge'),
    refunds: store<StripeRefund>('refund'),
    disputes: store<StripeDispute>('dispute'),
    events: store<StripeEvent>('event'),
    answers: store<KeptAnswer>('answer')
  }
  const all = Object.values(stores) as SidStore<{ sid: string }>[]
  let made = 0
  return {
    ...stores,
    nextId: (prefix) => {
      made += 1
      return `${prefix}_${lettersOf(sha256Hex(`${seed} ${prefix} ${made} ${clock.now().getTime()}`))}`
    },
    now: () => Math.floor(clock.now().getTime() / 1_000),
    restore: (kind, value) => {
      for (const each of all) each.restore(kind, value)
    },
    remembered: () => all.flatMap((each) => each.remembered()),
    clear: () => {
      for (const each of all) each.clear()
    }
  }
}
