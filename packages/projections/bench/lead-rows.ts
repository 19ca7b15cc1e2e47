import { LeadCaptured, LeadEnriched, LeadStatusChanged } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '../src/index.ts'

export interface Field {
  readonly value: unknown
  readonly evidence: string | null
}

const columns = {
  id: column.text({ primaryKey: true }),
  email: column.text({ index: true }),
  name: column.text({ nullable: true }),
  status: column.text({ index: true }),
  fields: column.jsonb<Readonly<Record<string, Field>>>(),
  events: column.integer(),
  updated_at: column.timestamptz({ index: true })
}

/** The read model of both sides of the comparison. */
export const leadRows = defineProjection({
  name: 'bench-leads',
  version: 1,
  table: 'bench.leads',
  columns,
  on: [LeadCaptured, LeadStatusChanged, LeadEnriched],
  key: ({ data }) => data.leadId,
  evolve: {
    [LeadCaptured.type]: (_row, { data, time }, id) => ({
      id,
      email: data.customer.email,
      name: data.customer.name ?? null,
      status: 'new',
      fields: {},
      events: 1,
      updated_at: time
    }),
    [LeadStatusChanged.type]: (row, { data, time }) =>
      row && { ...row, status: data.to, events: row.events + 1, updated_at: time },
    [LeadEnriched.type]: (row, { data, time }) =>
      row && {
        ...row,
        fields: {
          ...row.fields,
          ...Object.fromEntries(data.fields.map(({ field, value, evidence }) => [field, { value, evidence }]))
        },
        events: row.events + 1,
        updated_at: time
      }
  }
})

export type LeadRow = RowOf<typeof leadRows>
