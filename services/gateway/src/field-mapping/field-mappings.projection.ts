import {
  FieldMappingChanged,
  FieldMappingChecked,
  FieldMappingConfigured,
  type DataOf,
  type FieldMapping,
  type FieldMappingProblem
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** The field mapping of each CRM as it is now, and how it fits. */
export const fieldMappings = defineProjection({
  name: 'gateway-field-mappings',
  version: 1,
  table: 'gateway.field_mappings',
  columns: {
    /** The CRM's name. */
    id: column.text({ primaryKey: true }),
    version: column.integer(),
    mapping: column.jsonb<FieldMapping>(),
    configured: column.jsonb<FieldMapping>({ nullable: true }),
    changed_at: column.timestamptz(),
    checked_at: column.timestamptz({ nullable: true }),
    checked_because: column.text<DataOf<typeof FieldMappingChecked>['because'] | 'changed'>({ nullable: true }),
    /** Null where the version in force was not held against the CRM. */
    problems: column.jsonb<readonly FieldMappingProblem[]>({ nullable: true })
  },
  on: [FieldMappingConfigured, FieldMappingChanged, FieldMappingChecked],
  key: (event) => event.data.mappingId,
  evolve: {
    [FieldMappingConfigured.type]: (_row, { data, time }, id) => ({
      id,
      version: data.version,
      mapping: data.mapping,
      configured: data.configured,
      changed_at: time,
      checked_at: null,
      checked_because: null,
      problems: null
    }),
    [FieldMappingChanged.type]: (row, { data, time }, id) => ({
      id,
      version: data.version,
      mapping: data.mapping,
      configured: row?.configured ?? null,
      changed_at: time,
      checked_at: data.checked ? time : null,
      checked_because: data.checked ? 'changed' : null,
      problems: data.checked ? [] : null
    }),
    [FieldMappingChecked.type]: (row, { data, time }) =>
      row === null || row.version !== data.version
        ? row
        : { ...row, checked_at: time, checked_because: data.because, problems: data.problems }
  },
  setup: allReadersOnly
})

export type FieldMappingRow = RowOf<typeof fieldMappings>
