import { FlowPublished, type FlowDocument } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { everyReader } from '../database/row-policies.ts'

/** Every published version of every call flow: calls stay in the one that they began with. */
export const flowVersions = defineProjection({
  name: 'gateway-flow-versions',
  version: 1,
  table: 'gateway.flow_versions',
  columns: {
    id: column.text({ primaryKey: true }),
    flow_id: column.text(),
    version: column.integer(),
    draft: column.integer(),
    name: column.text(),
    document: column.jsonb<FlowDocument>(),
    published_at: column.timestamptz(),
    published_by: column.text()
  },
  indexes: [{ on: 'flow_id, version desc' }],
  on: [FlowPublished],
  key: ({ data }) => `${data.flowId}:${String(data.version)}`,
  aggregateOf: (id) => ({ context: 'telephony', aggregate: 'flow', id: id.split(':')[0] ?? id }),
  evolve: {
    [FlowPublished.type]: (_row, { data, time, actor }, id) => ({
      id,
      flow_id: data.flowId,
      version: data.version,
      draft: data.draft,
      name: data.name,
      document: data.document,
      published_at: time,
      published_by: actor
    })
  },
  setup: everyReader
})

export type FlowVersionRow = RowOf<typeof flowVersions>
