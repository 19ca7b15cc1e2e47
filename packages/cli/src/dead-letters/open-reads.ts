import { openReadDatabase, type ReadDatabase } from '@leadlog/gateway/read-models'
import type { Context } from '../context.ts'

/** The read models, where dead letters are looked up. @throws CliError CLI_NOT_CONFIGURED */
export async function openReads({ connect }: Context): Promise<ReadDatabase> {
  const reads = openReadDatabase({ url: await connect.databaseUrl(), logger: await connect.logger() })
  connect.onClose(() => reads.close())
  return reads.db
}
