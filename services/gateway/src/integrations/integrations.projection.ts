import { CommandSettled, type Integration } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/**
 * What services last said of their vendors: how each is set up, and the newest test that went well and that did not. A
 * row each, since each is forgotten when its command has left the stream.
 */
export const integrations = defineProjection({
  name: 'gateway-integrations',
  version: 1,
  table: 'gateway.integrations',
  columns: {
    id: column.text({ primaryKey: true }),
    sequence: column.bigint(),
    service: column.text(),
    vendor: column.text(),
    what: column.text<'setup' | 'ok' | 'failed'>(),
    said: column.jsonb<Integration>(),
    at: column.timestamptz()
  },
  on: [CommandSettled],
  key: (event) => toldOf(event.data).flatMap((one) => keysOf(event.data.service, one)),
  expires: { COMMANDS: { where: 'sequence < $1', rest: () => null } },
  evolve: {
    [CommandSettled.type]: (row, event, id) => {
      const told = toldOf(event.data).find((one) => keysOf(event.data.service, one).includes(id))
      if (told === undefined || (row !== null && row.sequence >= event.sequence)) return row
      const what = id.split(':')[2] as 'setup' | 'ok' | 'failed'
      return {
        id,
        sequence: event.sequence,
        service: event.data.service,
        vendor: told.vendor,
        what,
        said: told,
        at: told.test?.at ?? event.time
      }
    }
  },
  setup: allReadersOnly
})

export type IntegrationRow = RowOf<typeof integrations>

function toldOf({ command, outcome, result }: { command: string; outcome: string; result: unknown }): Integration[] {
  if (command !== 'TestIntegrations' || outcome !== 'done') return []
  return (result as { integrations?: Integration[] } | null)?.integrations ?? []
}

function keysOf(service: string, { vendor, test }: Integration): string[] {
  const key = (what: string) => `${service}:${vendor}:${what}`
  return [key('setup'), ...(test === null ? [] : [key(test.ok ? 'ok' : 'failed')])]
}
