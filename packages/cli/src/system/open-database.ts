import { Kysely, PostgresDialect } from 'kysely'
import type { Context } from '../context.ts'

/** The database for a verb that writes to it: where a master key is set it must be that of the system. */
export async function openDatabase({ connect }: Context): Promise<Kysely<unknown>> {
  const { natsUrl } = await connect.config()
  if (natsUrl !== undefined) await connect.writingLog()
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: await connect.pool() }) })
}
