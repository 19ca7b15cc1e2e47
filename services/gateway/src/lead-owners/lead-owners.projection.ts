import { MeetingBooked, MeetingRescheduled, PersonErased } from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownersOnly } from '../database/row-policies.ts'

const leadOwnersColumns = {
  id: column.text({ primaryKey: true }),
  /** Addresses in lower case, sorted. */
  owners: column.textArray()
}

export type LeadOwnersRow = RowOfColumns<typeof leadOwnersColumns>

/**
 * Whose a lead is: everybody who hosts one of its meetings. It decides which rows of other read models a user sees, and
 * is a read model of its own because a lead's events do not tell who hosts.
 */
export const leadOwners = defineProjection({
  name: 'gateway-lead-owners',
  version: 1,
  table: 'gateway.lead_owners',
  columns: leadOwnersColumns,
  indexes: [{ on: 'owners', using: 'gin' }],
  on: [MeetingBooked, MeetingRescheduled, PersonErased],
  key: (event) => event.data.personId,
  evolve: {
    [MeetingBooked.type]: (row, event, id) => withOwner(row, id, event.data.host.email),
    [MeetingRescheduled.type]: (row, event, id) => withOwner(row, id, event.data.host.email),
    [PersonErased.type]: () => null
  },
  setup: ownersOnly
})

function withOwner(row: LeadOwnersRow | null, id: string, email: string | null): LeadOwnersRow | null {
  const owner = email?.trim().toLowerCase() ?? ''
  if (owner === '' || row?.owners.includes(owner)) return row
  return { id, owners: [...(row?.owners ?? []), owner].sort() }
}
