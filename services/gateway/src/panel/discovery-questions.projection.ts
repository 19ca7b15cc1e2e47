import { DiscoveryQuestionCleared, DiscoveryQuestionTicked, PersonErased, type EventOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'

const columns = {
  /** Of the meeting. */
  id: column.text({ primaryKey: true }),
  person_id: column.text(),
  /** Position of the newest event that the row holds. */
  sequence: column.bigint(),
  /** When each question was ticked, by its id; those that were cleared are not there. */
  asked: column.jsonb<Readonly<Record<string, string>>>()
}

export type DiscoveryQuestionsRow = RowOfColumns<typeof columns>

/** Which questions were asked in which meeting. */
export const discoveryQuestions = defineProjection({
  name: 'gateway-discovery-questions',
  version: 1,
  table: 'gateway.discovery_questions',
  columns,
  indexes: [{ on: 'person_id' }],
  on: [DiscoveryQuestionTicked, DiscoveryQuestionCleared, PersonErased],
  key: (event: Marked | EventOf<typeof PersonErased>) =>
    'meetingIds' in event.data ? event.data.meetingIds : event.data.meetingId,
  evolve: {
    [DiscoveryQuestionTicked.type]: (row, event, id) =>
      marked(row, event, id, (asked) => ({ ...asked, [event.data.question]: event.data.at })),
    [DiscoveryQuestionCleared.type]: (row, event, id) =>
      marked(row, event, id, (asked) =>
        Object.fromEntries(Object.entries(asked).filter(([question]) => question !== event.data.question))
      ),
    [PersonErased.type]: () => null
  },
  setup: ownLeadsOnly('person_id')
})

type Marked = EventOf<typeof DiscoveryQuestionTicked> | EventOf<typeof DiscoveryQuestionCleared>

function marked(
  row: DiscoveryQuestionsRow | null,
  { data, sequence }: Marked,
  id: string,
  change: (asked: DiscoveryQuestionsRow['asked']) => DiscoveryQuestionsRow['asked']
): DiscoveryQuestionsRow {
  if (row !== null && sequence <= row.sequence) return row
  return { id, person_id: data.personId, sequence, asked: change(row?.asked ?? {}) }
}
