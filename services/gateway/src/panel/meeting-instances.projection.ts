import { MeetingInstanceMoved, MeetingStarted, PersonErased, type EventOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'

const columns = {
  /** Of the meeting. */
  id: column.text({ primaryKey: true }),
  person_id: column.text(),
  /** Position of the newest event that the row holds. */
  sequence: column.bigint(),
  /** The platform's ids of the times that it took place. */
  uuids: column.textArray()
}

export type MeetingInstancesRow = RowOfColumns<typeof columns>

/** Which meeting something that goes on at Zoom is. */
export const meetingInstances = defineProjection({
  name: 'gateway-meeting-instances',
  version: 1,
  table: 'gateway.meeting_instances',
  columns,
  indexes: [{ on: 'uuids', using: 'gin' }],
  on: [MeetingStarted, MeetingInstanceMoved, PersonErased],
  key: (event: Told | EventOf<typeof PersonErased>) =>
    'meetingIds' in event.data ? event.data.meetingIds : event.data.meetingId,
  evolve: {
    [MeetingStarted.type]: (row, event, id) =>
      changed(row, event, id, (uuids) => [...uuids.filter((known) => known !== event.data.uuid), event.data.uuid]),
    [MeetingInstanceMoved.type]: (row, event, id) =>
      changed(row, event, id, (uuids) => uuids.filter((known) => known !== event.data.uuid)),
    [PersonErased.type]: () => null
  },
  setup: ownLeadsOnly('person_id')
})

type Told = EventOf<typeof MeetingStarted> | EventOf<typeof MeetingInstanceMoved>

function changed(
  row: MeetingInstancesRow | null,
  { data, sequence }: Told,
  id: string,
  change: (uuids: readonly string[]) => string[]
): MeetingInstancesRow {
  if (row !== null && sequence <= row.sequence) return row
  return { id, person_id: data.personId, sequence, uuids: change(row?.uuids ?? []) }
}
