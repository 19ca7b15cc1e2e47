import { gatewayProjections } from '@leadlog/gateway/read-models'
import { requireFold, tableChecksum, type Slot } from '@leadlog/projections'
import type pg from 'pg'

/** Every read model of the gateway. */
export const models = gatewayProjections.map(requireFold)

/** A checksum by table, with its rows. */
export async function checksums(pool: pg.Pool, slot: Slot): Promise<Readonly<Record<string, string>>> {
  const suffix = slot === 'live' ? '' : `__${slot}`
  const found: Record<string, string> = {}
  for (const { table } of models) {
    const { rows, checksum } = await tableChecksum(pool, { ...table, name: `${table.name}${suffix}` })
    found[table.name] = `${rows} rows, ${checksum}`
  }
  return found
}
