import { openReadDatabase, type ReadDatabase } from '@leadlog/gateway/read-models'
import type { Context } from '../context.ts'
import { notConfigured } from '../errors.ts'

/** The read models, where dead letters are looked up. @throws CliError CLI_NOT_CONFIGURED */
export async function openReads({ connect }: Context): Promise<ReadDatabase> {
  const { databaseUrl } = await connect.config()
  if (databaseUrl === undefined) throw notConfigured('Dead letters are looked up in Postgres: set DATABASE_URL')
  const reads = openReadDatabase({ url: databaseUrl, logger: await connect.logger() })
  connect.onClose(() => reads.close())
  return reads.db
}
