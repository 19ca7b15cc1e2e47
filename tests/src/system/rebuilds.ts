import { openEventLog } from '@leadlog/event-log'
import { gatewayProjections } from '@leadlog/gateway/read-models'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { compareTables, discardTable, rebuildProjection, requireFold, type TableComparison } from '@leadlog/projections'
import { createLogger, openPostgres } from '@leadlog/service'
import type { TestSystem } from './test-system.ts'

export interface ComparedRebuild extends Pick<TableComparison, 'equal' | 'liveRows' | 'rebuiltRows' | 'samples'> {
  readonly projection: string
  readonly events: number
}

/** Builds every read model anew beside the live one and compares them row by row, both at the same sequence. */
export async function rebuildAll({ environment }: Pick<TestSystem, 'environment'>): Promise<ComparedRebuild[]> {
  const variable = (name: string): string => {
    const value = environment[name]
    if (value === undefined) throw new Error(`${name} is not set`)
    return value
  }
  const logger = createLogger({ service: 'tests', level: 'silent' })
  const log = await openEventLog({ servers: variable('NATS_URL'), name: 'tests', logger })
  const keyring = await openKeyring({
    connection: log.connection,
    masterKey: parseMasterKey(variable('LEADLOG_MASTER_KEY'))
  })
  log.useCipher(keyring)
  const postgres = openPostgres({ url: variable('DATABASE_URL'), applicationName: 'tests', logger })
  try {
    const compared: ComparedRebuild[] = []
    for (const declared of gatewayProjections) {
      const projection = requireFold(declared)
      const options = { projection, source: log, pool: postgres.pool, logger }
      const { events } = await rebuildProjection(options)
      const { equal, liveRows, rebuiltRows, samples } = await compareTables({ ...options, samples: 3 })
      compared.push({ projection: projection.name, events, equal, liveRows, rebuiltRows, samples })
      await discardTable(postgres.pool, projection, 'rebuild')
    }
    return compared
  } finally {
    await postgres.close()
    keyring.close()
    await log.close()
  }
}
