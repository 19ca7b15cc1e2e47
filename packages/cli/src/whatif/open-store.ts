import { openWhatIfStore, type WhatIfStore } from '@leadlog/whatif'
import { Kysely, PostgresDialect } from 'kysely'
import type { Context } from '../context.ts'

const DAY_MS = 86_400_000

/** Where what-ifs are kept. Those past their time are forgotten now: nothing else looks at them. */
export async function openStore({ connect, now }: Context): Promise<WhatIfStore> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await connect.pool() }) })
  const store = await openWhatIfStore({ db, keyring: await connect.keyring(), clock: now })
  const { whatIfTtlDays } = await connect.config()
  await store.forget(new Date(now().getTime() - whatIfTtlDays * DAY_MS))
  return store
}
