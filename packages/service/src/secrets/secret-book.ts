import type { EventLog } from '@leadlog/event-log'
import { Kvm, type KV } from '@nats-io/kv'
import { Value } from '@sinclair/typebox/value'
import { ageInDays, emptySecretRecord, SecretRecord, withHolder } from './secret-ages.ts'

/** A service that started with the secret. */
export interface SecretHolder {
  readonly service: string
  readonly source: string
  readonly startedAt: string
  /** Keyed: they tell values apart and give none away. */
  readonly fingerprints: readonly string[]
}

/** One secret as an operator sees it: never its value. */
export interface SecretEntry {
  /** The variable. */
  readonly name: string
  readonly ageDays: number
  /** More than one while one replaces the other, or while services hold different ones. */
  readonly values: number
  readonly holders: readonly SecretHolder[]
}

/** Remembers when each secret was first seen, by fingerprint. One entry per variable in the bucket `SECRETS`. */
export interface SecretBook {
  /** Notes that a service started with these values. Safe beside other processes that do the same. */
  note(
    name: string,
    holder: { service: string; fingerprints: readonly string[]; source: string; startedAt: Date }
  ): Promise<SecretRecord>
  list(now: Date): Promise<readonly SecretEntry[]>
}

/** Opens the book, making its bucket when it is missing. */
export async function openSecretBook(
  log: Pick<EventLog, 'connection' | 'naming'>,
  replicas: number
): Promise<SecretBook> {
  const kv = await new Kvm(log.connection).create(log.naming.bucket('SECRETS'), {
    history: 1,
    replicas,
    description: 'When secrets were first seen, by keyed fingerprint; no values'
  })
  return {
    async note(name, holder) {
      for (;;) {
        const { record, revision } = await read(kv, name)
        const next = withHolder(record, holder)
        try {
          await kv.put(name, JSON.stringify(next), { previousSeq: revision })
          return next
        } catch (error) {
          if ((await read(kv, name)).revision === revision) throw error
        }
      }
    },
    async list(now) {
      const entries: SecretEntry[] = []
      for await (const name of await kv.keys()) {
        const { record } = await read(kv, name)
        const held = [...new Set(Object.values(record.holders).flatMap(({ fingerprints }) => fingerprints))]
        const holders = Object.entries(record.holders).map(([service, holder]) => ({ service, ...holder }))
        entries.push({ name, ageDays: ageInDays(record, held, now), values: held.length, holders })
      }
      return entries.sort((a, b) => a.name.localeCompare(b.name))
    }
  }
}

/** A record of a form that is not known is started anew: it holds ages only. */
async function read(kv: KV, name: string): Promise<{ record: SecretRecord; revision: number }> {
  const entry = await kv.get(name)
  if (!entry) return { record: emptySecretRecord, revision: 0 }
  const value: unknown = entry.operation === 'PUT' ? entry.json() : null
  return { record: Value.Check(SecretRecord, value) ? value : emptySecretRecord, revision: entry.revision }
}
