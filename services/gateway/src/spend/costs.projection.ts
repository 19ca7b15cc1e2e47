import { CostCorrected, CostRecorded, type CostKind } from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsAndCallsOnly } from '../database/row-policies.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  kind: column.text<CostKind>(),
  micros: column.bigint(),
  currency: column.text(),
  used_at: column.timestamptz(),
  provider: column.text(),
  model: column.text({ nullable: true }),
  quantity: column.bigint({ nullable: true }),
  unit: column.text<'tokens' | 'seconds' | 'segments'>({ nullable: true }),
  /** As it was known then; of a call or a message its own row knows better. */
  lead_id: column.text({ nullable: true }),
  call_id: column.text({ nullable: true }),
  message_id: column.text({ nullable: true }),
  meeting_id: column.text({ nullable: true }),
  campaign_id: column.text({ nullable: true }),
  /** The event that told the price that counts. */
  cause_id: column.text(),
  cause_type: column.text(),
  corrected: column.boolean()
}

export type CostRow = RowOfColumns<typeof columns>

/** What each use of something cost. */
export const costs = defineProjection({
  name: 'gateway-costs',
  version: 1,
  table: 'gateway.costs',
  columns,
  indexes: [{ on: 'used_at, id' }, { on: 'call_id' }, { on: 'message_id' }, { on: 'lead_id' }],
  on: [CostRecorded, CostCorrected],
  key: (event) => event.data.costId,
  aggregateOf: (id) => ({ context: 'billing', aggregate: 'cost', id }),
  evolve: {
    [CostRecorded.type]: (_row, { data }, id) => ({
      id,
      kind: data.kind,
      micros: data.amountMicros,
      currency: data.currency,
      used_at: data.usedAt,
      provider: data.provider,
      model: data.model,
      quantity: data.quantity,
      unit: data.unit,
      lead_id: data.leadId,
      call_id: data.callId,
      message_id: data.messageId,
      meeting_id: data.meetingId,
      campaign_id: data.campaignId,
      cause_id: data.causeId,
      cause_type: data.causeType,
      corrected: false
    }),
    [CostCorrected.type]: (row, { data }) =>
      row === null
        ? null
        : { ...row, micros: data.amountMicros, cause_id: data.causeId, cause_type: data.causeType, corrected: true }
  },
  setup: ownLeadsAndCallsOnly('lead_id', 'call_id', { message: 'message_id' })
})
