import { hash } from 'node:crypto'
import { v5 } from 'uuid'

/** Namespace of every id that is derived here; fixed for ever, since ids must come out the same in any process. */
const LEADLOG_NAMESPACE = '6f1c1f0a-4a53-5d0e-9a6b-0f4f2a7c9d11'

/**
 * The id of the `index`-th event that `handler` emits because of `causeId`. The same three give the same id in every
 * process and at every attempt, so that a handler that runs twice emits what the log already holds.
 */
export function derivedEventId(causeId: string, handler: string, index: number): string {
  return v5(JSON.stringify([causeId, handler, index]), LEADLOG_NAMESPACE)
}

/** A deterministic id for anything that is named by its parts, for example a meeting by its first booking. */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  return v5(JSON.stringify([kind, ...parts]), LEADLOG_NAMESPACE)
}

/**
 * `{source}:{event_type}:{external_id}`, each part percent-encoded for `%` and `:`, so that `k:a`+`b` and `k`+`a:b`
 * differ. Several external ids are parts of their own.
 */
export function idempotencyKey(source: string, eventType: string, ...externalId: readonly string[]): string {
  return [source, eventType, ...externalId].map((part) => part.replaceAll('%', '%25').replaceAll(':', '%3A')).join(':')
}

/** Length in hex characters of a webhook's id: 128 bits of SHA-256, far beyond any chance collision. */
const WEBHOOK_ID_LENGTH = 32

/** A webhook's event id: a hash of its idempotency key, safe in a subject and in a URL. */
export function webhookEventId(key: string): string {
  return hash('sha256', key).slice(0, WEBHOOK_ID_LENGTH)
}
