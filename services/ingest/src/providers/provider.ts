import type { IncomingHttpHeaders } from 'node:http'
import type { TSchema } from '@sinclair/typebox'

/** A delivery as it came over the wire. */
export interface RawDelivery {
  readonly headers: IncomingHttpHeaders
  /** The exact bytes that were signed. */
  readonly body: Buffer
  /** What follows the provider's name in the path, for example the source of a Standard Webhook. */
  readonly source: string
  /** Path and query as the request line had them, for senders that sign the address. */
  readonly url: string
  readonly now: Date
}

/** By which scheme a delivery was found to be genuine. */
export interface Verdict {
  readonly scheme: string
}

/** Names a delivery: its event type and what makes it unique. */
export interface Identity {
  readonly eventType: string
  /** Parts of the external id; together with source and event type the idempotency key. */
  readonly externalId: readonly string[]
  /** What the query of the address says it is about, where the address was ours to choose. */
  readonly reference?: string | undefined
  /** False for event types that nothing here translates; they are stored as ignored. */
  readonly handled: boolean
}

/** A sender of webhooks: one file declares how it signs, what it must send, and how its events are named. */
export interface Provider {
  /** First segment of the path and first part of the idempotency key. */
  readonly name: string
  /** True where a source follows in the path: `/webhooks/<name>/<source>`. */
  readonly hasSource: boolean
  /** The sources that there are, where they are not of somebody's own choice; others are answered 404. */
  readonly sources?: ReadonlySet<string>
  /** @throws HttpProblem 401 for a missing, wrong or stale signature, 503 where the secret is not configured */
  verify(delivery: RawDelivery): Verdict
  /**
   * The answer to what is no delivery but a check of the address, which is not stored; null for deliveries. Asked before
   * `verify`. @throws HttpProblem
   */
  handshake?(delivery: RawDelivery): Readonly<Record<string, string>> | null
  /** What the body says, for senders that do not speak JSON. @throws HttpProblem 400 */
  parse?(delivery: RawDelivery): unknown
  /** The least that a body must have for its delivery to be named. */
  schema(payload: unknown, delivery: RawDelivery): TSchema
  /** @param payload checked against the schema */
  identify(payload: unknown, delivery: RawDelivery): Identity
  /** What is stored in the body's place, where a part of it must not be kept. @param payload checked against the schema */
  keep?(payload: unknown): Buffer
}
