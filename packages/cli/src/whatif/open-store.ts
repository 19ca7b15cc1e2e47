import { openWhatIfStore, type WhatIfStore } from '@leadlog/whatif'
import { Kysely, PostgresDialect } from 'kysely'
import type { Context } from '../context.ts'

/** Where what-ifs are kept. */
export async function openStore({ connect, now }: Context): Promise<WhatIfStore> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await connect.pool() }) })
  return openWhatIfStore({ db, keyring: await connect.keyring(), clock: now })
}
