import type { LeadRow, LeadSyncState } from './leads.table.ts'

/** A write or a note waits to reach the CRM. */
export function withOpenWrite(
  row: LeadRow,
  writeId: string,
  { provider, module }: { readonly provider: string; readonly module: string }
): LeadRow {
  const open = [...new Set([...row.open_writes, writeId])]
  return { ...row, open_writes: open, sync_state: 'queued', crm_provider: provider, crm_module: module }
}

/** The CRM did not answer; whether it has the newest state is not known. */
export function afterUnknown(row: LeadRow): LeadRow {
  return { ...row, sync_state: 'unknown' }
}

/** Writes got their outcome; while others wait, the lead is not in step yet. */
export function afterSettled(
  row: LeadRow,
  writeIds: readonly string[],
  outcome: Extract<LeadSyncState, 'written' | 'simulated' | 'refused'>,
  at: string | null
): LeadRow {
  const open = row.open_writes.filter((id) => !writeIds.includes(id))
  const state = open.length > 0 && outcome !== 'refused' ? 'queued' : outcome
  return { ...row, open_writes: open, sync_state: state, sync_error: null, synced_at: at }
}
