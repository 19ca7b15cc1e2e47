import { streamSpecs, type Naming } from '@leadlog/event-log'
import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream'

/** The bucket of encryption keys, which is backed up apart from everything else. */
export const KEYS_STREAM = 'KV_KEYS'

/**
 * Copied in this order. What derives from others comes before them, so that no copy holds a fact whose cause is missing:
 * dead letters before the messages they point to, events before the webhooks they were translated from, bodies after the
 * events that name them. Streams that are not listed come in between.
 */
const FIRST = ['DEAD_LETTERS', 'ADVISORIES', 'TIMERS', 'COMMANDS']
const LAST = ['EVENTS', 'INGEST']

const BUCKET = /^(KV|OBJ)_/

/** A stream of this system as it stands on the server. */
export interface SystemStream {
  readonly logical: string
  readonly info: StreamInfo
}

/** Every stream and bucket of this system, in the order of copying; those of other prefixes are left alone. */
export async function systemStreams(manager: JetStreamManager, naming: Naming): Promise<SystemStream[]> {
  const found: SystemStream[] = []
  for await (const info of manager.streams.list()) {
    const logical = logicalName(info.config.name, naming)
    if (logical !== null) found.push({ logical, info })
  }
  return found.sort((a, b) => rank(a.logical) - rank(b.logical) || a.logical.localeCompare(b.logical))
}

/** `t3f9_EVENTS` → `EVENTS`, `KV_t3f9_KEYS` → `KV_KEYS`; null for a stream of another system. */
function logicalName(name: string, naming: Naming): string | null {
  const kind = BUCKET.exec(name)?.[0] ?? ''
  const rest = name.slice(kind.length)
  const logical = naming.logicalStream(rest)
  if (naming.prefix !== '') return logical === rest ? null : kind + logical
  if (kind !== '') return rest.includes('_') ? null : name
  const known = streamSpecs({ replicas: 1, ingestMaxAgeMs: 0 }, naming)
  return known.some((spec) => spec.name === name) ? name : null
}

function rank(logical: string): number {
  if (BUCKET.test(logical)) return 1_000
  const last = LAST.indexOf(logical)
  if (last >= 0) return 500 + last
  const first = FIRST.indexOf(logical)
  return first >= 0 ? first : 100
}
