import type { Redis } from 'ioredis'

/** What is kept for a while and may be lost with the server: sessions, links. Keys are digests, never secrets. */
export interface VolatileStore {
  put(key: string, value: string, ttlMs: number): Promise<void>
  /** Changes what is there and lets it live so long from now; what is gone stays gone. */
  renew(key: string, value: string, ttlMs: number): Promise<boolean>
  get(key: string): Promise<string | null>
  /** Gives the value to one caller only, ever. */
  take(key: string): Promise<string | null>
  remove(keys: readonly string[]): Promise<void>
  /** Names by what they stand for, under one key. */
  setField(key: string, field: string, value: string, ttlMs: number): Promise<void>
  fields(key: string): Promise<Readonly<Record<string, string>>>
  removeFields(key: string, fields: readonly string[]): Promise<void>
}

/** In Redis, for all processes. @throws whatever Redis does when it is away */
export function redisVolatileStore(redis: Redis, prefix: string): VolatileStore {
  const name = (key: string): string => `${prefix}${key}`
  return {
    async put(key, value, ttlMs) {
      await redis.set(name(key), value, 'PX', ttlMs)
    },
    async renew(key, value, ttlMs) {
      return (await redis.set(name(key), value, 'PX', ttlMs, 'XX')) === 'OK'
    },
    get: (key) => redis.get(name(key)),
    take: (key) => redis.getdel(name(key)),
    async remove(keys) {
      if (keys.length > 0) await redis.del(...keys.map(name))
    },
    async setField(key, field, value, ttlMs) {
      const answers = await redis.multi().hset(name(key), field, value).pexpire(name(key), ttlMs).exec()
      for (const [error] of answers ?? []) if (error) throw error
    },
    fields: (key) => redis.hgetall(name(key)),
    async removeFields(key, fields) {
      if (fields.length > 0) await redis.hdel(name(key), ...fields)
    }
  }
}

/** In this process, for a system without Redis: gone when it stops, unknown to others. */
export function memoryVolatileStore(now: () => number): VolatileStore {
  const values = new Map<string, { value: string; endsAt: number }>()
  const hashes = new Map<string, Map<string, string>>()
  const alive = (key: string): string | null => {
    const entry = values.get(key)
    if (entry && entry.endsAt > now()) return entry.value
    values.delete(key)
    return null
  }
  const dropOld = (): void => {
    for (const [key, { endsAt }] of values) if (endsAt <= now()) values.delete(key)
  }
  return {
    put(key, value, ttlMs) {
      dropOld()
      values.set(key, { value, endsAt: now() + ttlMs })
      return Promise.resolve()
    },
    renew(key, value, ttlMs) {
      const there = alive(key) !== null
      if (there) values.set(key, { value, endsAt: now() + ttlMs })
      return Promise.resolve(there)
    },
    get: (key) => Promise.resolve(alive(key)),
    take(key) {
      const value = alive(key)
      values.delete(key)
      return Promise.resolve(value)
    },
    remove(keys) {
      for (const key of keys) values.delete(key)
      return Promise.resolve()
    },
    setField(key, field, value) {
      const hash = hashes.get(key) ?? new Map<string, string>()
      hashes.set(key, hash.set(field, value))
      return Promise.resolve()
    },
    fields: (key) => Promise.resolve(Object.fromEntries(hashes.get(key) ?? [])),
    removeFields(key, fields) {
      for (const field of fields) hashes.get(key)?.delete(field)
      return Promise.resolve()
    }
  }
}
