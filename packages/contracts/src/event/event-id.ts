import { hash } from 'node:crypto'

/** Namespace of every id that is derived here; fixed for ever, since ids must come out the same in any process. */
const LEADLOG_NAMESPACE = '6f1c1f0a-4a53-5d0e-9a6b-0f4f2a7c9d11'

/**
 * The id of the `index`-th event that `handler` emits because of `causeId`. The same three give the same id in every
 * process and at every attempt, so that a handler that runs twice emits what the log already holds.
 */
export function derivedEventId(causeId: string, handler: string, index: number): string {
  return uuidOfName(JSON.stringify([causeId, handler, index]))
}

/** A deterministic id for anything that is named by its parts, for example a meeting by its first booking. */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  return uuidOfName(JSON.stringify([kind, ...parts]))
}

const NAMESPACE_BYTES = Buffer.from(LEADLOG_NAMESPACE.replaceAll('-', ''), 'hex')

/** Longer names take a buffer of their own. */
const USUAL_NAME_BYTES = 1_024

/** Namespace and name as they are hashed. Used within one call only. */
const scratch = Buffer.alloc(NAMESPACE_BYTES.length + USUAL_NAME_BYTES)
NAMESPACE_BYTES.copy(scratch)

/** UUID version 5 in Leadlog's namespace. Some hundred are made for a webhook, so it takes the shortest way to the hash. */
function uuidOfName(name: string): string {
  // Three bytes are the most that one unit of a text takes in UTF-8.
  const bytes =
    name.length * 3 <= USUAL_NAME_BYTES
      ? scratch.subarray(0, NAMESPACE_BYTES.length + scratch.write(name, NAMESPACE_BYTES.length))
      : Buffer.concat([NAMESPACE_BYTES, Buffer.from(name)])
  const hex = hash('sha1', bytes)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0b0011) | 0b1000).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
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
