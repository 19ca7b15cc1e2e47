import { FieldMappingChanged, FieldMappingConfigured, type MappingChange } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** Every version of every field mapping: who, when, why, and what became another way. */
export const fieldMappingVersions = defineProjection({
  name: 'gateway-field-mapping-versions',
  version: 1,
  table: 'gateway.field_mapping_versions',
  columns: {
    id: column.text({ primaryKey: true }),
    provider: column.text(),
    version: column.integer(),
    at: column.timestamptz(),
    actor: column.text(),
    /** Null where the configuration made it. */
    reason: column.text({ nullable: true }),
    restores: column.integer({ nullable: true }),
    checked: column.boolean(),
    changes: column.jsonb<readonly MappingChange[]>()
  },
  indexes: [{ on: 'provider, version desc' }],
  on: [FieldMappingConfigured, FieldMappingChanged],
  key: (event) => `${event.data.mappingId}:${String(event.data.version)}`,
  aggregateOf: (id) => [{ context: 'crm-sync', aggregate: 'mapping', id: id.split(':')[0] ?? id }],
  evolve: {
    [FieldMappingConfigured.type]: (_row, { data, time, actor }, id) => ({
      id,
      provider: data.provider,
      version: data.version,
      at: time,
      actor,
      reason: null,
      restores: null,
      checked: false,
      changes: data.changes
    }),
    [FieldMappingChanged.type]: (_row, { data, time, actor }, id) => ({
      id,
      provider: data.provider,
      version: data.version,
      at: time,
      actor,
      reason: data.reason,
      restores: data.restores,
      checked: data.checked,
      changes: data.changes
    })
  },
  setup: allReadersOnly
})

export type FieldMappingVersionRow = RowOf<typeof fieldMappingVersions>
