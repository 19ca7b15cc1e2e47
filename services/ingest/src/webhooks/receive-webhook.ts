import { hash } from 'node:crypto'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { idempotencyKey, webhookEventId, type Actor, type SealedText } from '@leadlog/contracts'
import type { AppendedWebhook, WebhookEntry, WebhookFacts } from '@leadlog/event-log'
import { bodyInvalid } from '../errors.ts'
import type { Identity, Provider, RawDelivery, Verdict } from '../providers/provider.ts'
import { parsedJson } from './parsed-json.ts'

/** Problems named in an answer; more do not help anybody. */
const MAX_PROBLEMS = 10

/** Providers' names of events are words, and their ids are URLs at the most. */
const MAX_EVENT_TYPE = 200
const MAX_NAME = 1_500

/** What receiving needs of the log and the keyring. */
export interface WebhookStore {
  /** The key that bodies are sealed under at that time. */
  keyIdAt(now: Date): string
  sealBody(keyId: string, body: Buffer, eventId: string): Promise<SealedText>
  append(entry: WebhookEntry): Promise<Pick<AppendedWebhook, 'duplicate'>>
}

/** A webhook that is stored, or was stored before. */
export interface ReceivedWebhook {
  readonly eventId: string
  readonly duplicate: boolean
  readonly disposition: 'accepted' | 'ignored'
}

/**
 * Verify, check, name, encrypt, store: in this order, and only what is stored is answered.
 *
 * @throws HttpProblem for what must be refused, TransientError where the log did not store it
 */
export async function receiveWebhook(
  provider: Provider,
  delivery: RawDelivery,
  contentType: string,
  store: WebhookStore,
  traceparent: string | undefined
): Promise<ReceivedWebhook> {
  const verdict = provider.verify(delivery)
  return storeDelivery(provider, delivery, { verdict, contentType, traceparent }, store)
}

/** How a delivery came and why it is believed. */
export interface Arrival {
  readonly verdict: Verdict
  readonly contentType: string
  /** Who brought it, where it was not the provider. */
  readonly actor?: Actor
  readonly traceparent?: string | undefined
}

/**
 * Check, name, encrypt, store. The event's id follows from the idempotency key, so that a repeat has the id of the
 * original, however it came.
 *
 * @throws HttpProblem for what cannot be named, TransientError where the log did not store it
 */
export async function storeDelivery(
  provider: Provider,
  delivery: RawDelivery,
  { verdict, contentType, actor, traceparent }: Arrival,
  store: WebhookStore
): Promise<ReceivedWebhook> {
  const payload = checkedPayload(provider, delivery)
  const identity = provider.identify(payload, delivery)
  assertNameable(identity)
  const key = idempotencyKey(provider.name, identity.eventType, ...identity.externalId)
  const eventId = webhookEventId(key)
  const keyId = store.keyIdAt(delivery.now)
  const kept = provider.keep?.(payload) ?? delivery.body
  const body = await store.sealBody(keyId, kept, eventId)
  const data = dataOf(provider, delivery, identity, verdict, { idempotencyKey: key, contentType, keyId })
  const { duplicate } = await store.append({ eventId, provider: provider.name, data, body, actor, traceparent })
  return { eventId, duplicate, disposition: data.disposition }
}

/** A delivery whose name does not fit into an index could be stored but never be found again. */
function assertNameable({ eventType, externalId }: Identity): void {
  const name = [eventType, ...externalId]
  if (eventType.length > MAX_EVENT_TYPE || name.join('').length > MAX_NAME) {
    throw bodyInvalid([
      {
        path: '/',
        message: `has an event type or an id that is too long: at most ${MAX_EVENT_TYPE} and ${MAX_NAME} characters`
      }
    ])
  }
}

function checkedPayload(provider: Provider, delivery: RawDelivery): unknown {
  const payload = provider.parse ? provider.parse(delivery) : parsedJson(delivery.body)
  const schema = provider.schema(payload, delivery)
  if (checkerOf(schema).Check(payload)) return payload
  throw bodyInvalid(problemsOf(schema, payload))
}

/** Compiled once for each schema of a provider: every webhook goes through one. */
const checkers = new WeakMap<TSchema, TypeCheck<TSchema>>()

function checkerOf(schema: TSchema): TypeCheck<TSchema> {
  const known = checkers.get(schema)
  if (known) return known
  const compiled = TypeCompiler.Compile(schema)
  checkers.set(schema, compiled)
  return compiled
}

function problemsOf(schema: TSchema, payload: unknown): { path: string; message: string }[] {
  return [...checkerOf(schema).Errors(payload)]
    .slice(0, MAX_PROBLEMS)
    .map((problem) => ({ path: problem.path || '/', message: problem.message }))
}

function dataOf(
  provider: Provider,
  delivery: RawDelivery,
  identity: Identity,
  verdict: Verdict,
  rest: Pick<WebhookFacts, 'idempotencyKey' | 'contentType' | 'keyId'>
): WebhookFacts {
  const now = delivery.now.toISOString()
  return {
    ...rest,
    provider: provider.name,
    eventType: identity.eventType,
    externalId: identity.externalId.join(' '),
    ...(identity.reference === undefined ? {} : { reference: identity.reference }),
    receivedAt: now,
    disposition: identity.handled ? 'accepted' : 'ignored',
    ignoredBecause: identity.handled
      ? null
      : `Nothing here reads ${provider.name} events of type ${identity.eventType}`,
    verdict: { scheme: verdict.scheme, verifiedAt: now },
    size: delivery.body.length,
    digest: hash('sha256', delivery.body)
  }
}
