import {
  ContactReleased,
  ContactSuppressed,
  PersonErased,
  SmsAttributed,
  type ContactChannel,
  type DataOf,
  type EventOf,
  type SuppressionReason
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'

/** A reason that closes a channel now. */
export interface StoredFact {
  readonly channel: ContactChannel
  readonly reason: SuppressionReason
  readonly factId: string
  readonly at: string
}

/** What was done, by whom and why. */
export interface StoredStep {
  readonly eventId: string
  readonly did: 'suppressed' | 'released'
  readonly channels: readonly ContactChannel[]
  readonly reason: SuppressionReason
  readonly source: DataOf<typeof ContactSuppressed>['source']
  readonly why: string | null
  readonly by: string
  readonly at: string
}

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  kind: column.text<'phone' | 'email'>(),
  /** Null once the person is erased: the fact stays, and nobody can read whom it is about. */
  address: column.text({ nullable: true }),
  person_id: column.text({ nullable: true }),
  lead_id: column.text({ nullable: true }),
  active: column.boolean(),
  facts: column.jsonb<readonly StoredFact[]>(),
  history: column.jsonb<readonly StoredStep[]>(),
  changed_at: column.timestamptz()
}

export type SuppressionRow = RowOfColumns<typeof columns>

type SuppressionEvent = EventOf<typeof ContactSuppressed | typeof ContactReleased>

/** Who is not to be called or written to, on which channels, and why; also who was and is not any more. */
export const suppressions = defineProjection({
  name: 'gateway-suppressions',
  version: 2,
  table: 'gateway.suppressions',
  columns,
  indexes: [{ on: 'changed_at desc, id desc' }, { on: 'lead_id', where: 'lead_id is not null' }],
  on: [ContactSuppressed, ContactReleased, SmsAttributed, PersonErased],
  key: ({
    data
  }: EventOf<typeof ContactSuppressed | typeof ContactReleased | typeof SmsAttributed | typeof PersonErased>) => {
    if ('erasureId' in data) return data.callerIds
    return 'suppressionId' in data ? data.suppressionId : data.callerId
  },
  evolve: {
    [PersonErased.type]: (row) =>
      row && {
        ...row,
        address: null,
        person_id: null,
        lead_id: null,
        history: row.history.map((step) => ({ ...step, why: null }))
      },
    // Whose the number's messages are, it is too.
    [SmsAttributed.type]: (row, { sequence, data }) =>
      row && sequence > row.sequence ? { ...row, sequence, lead_id: data.leadId } : row,
    [ContactSuppressed.type]: (row, event, id) => {
      const { channels, reason, at, kind, address, source } = event.data
      const before = row ?? blank(id, kind, at)
      if (event.sequence <= before.sequence) return before
      const added = channels.map((channel): StoredFact => ({ channel, reason, factId: event.id, at }))
      const facts = [...without(before.facts, channels, reason), ...added]
      return { ...told(before, event, 'suppressed', source), address: address ?? before.address, facts, active: true }
    },
    [ContactReleased.type]: (row, event) => {
      if (row === null || event.sequence <= row.sequence) return row
      const facts = without(row.facts, event.data.channels, event.data.reason)
      return { ...told(row, event, 'released', event.data.source), facts, active: facts.length > 0 }
    }
  },
  setup: ownLeadsOnly('lead_id')
})

function told(
  row: SuppressionRow,
  { id, data, sequence, actor }: SuppressionEvent,
  did: StoredStep['did'],
  source: StoredStep['source']
): SuppressionRow {
  const { channels, reason, why, at, personId, leadId } = data
  const step: StoredStep = { eventId: id, did, channels, reason, source, why, by: actor, at }
  return {
    ...row,
    sequence,
    person_id: personId,
    lead_id: leadId,
    changed_at: at,
    history: [...row.history, step]
  }
}

function without(
  facts: readonly StoredFact[],
  channels: readonly ContactChannel[],
  reason: SuppressionReason
): readonly StoredFact[] {
  return facts.filter((fact) => !(fact.reason === reason && channels.includes(fact.channel)))
}

function blank(id: string, kind: 'phone' | 'email', at: string): SuppressionRow {
  return {
    id,
    sequence: 0,
    kind,
    address: null,
    person_id: null,
    lead_id: null,
    active: false,
    facts: [],
    history: [],
    changed_at: at
  }
}
