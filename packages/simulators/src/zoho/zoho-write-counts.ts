import type { ZohoStore } from './zoho-store.ts'

/** Writes to the CRM by what they did. */
export interface ZohoWriteCounts {
  inserts: number
  updates: number
  deletes: number
  /** Updates that changed nothing. */
  superfluous: number
  notes: number
}

export const zohoWriteCounts = (store: ZohoStore): ZohoWriteCounts => {
  const writes = store.writes()
  const records = writes.filter(({ module }) => module !== 'Notes')
  const count = (action: string): number => records.filter((write) => write.action === action).length
  return {
    inserts: count('insert'),
    updates: count('update'),
    deletes: count('delete'),
    superfluous: records.filter(({ action, changed }) => action === 'update' && changed.length === 0).length,
    notes: writes.filter(({ module, action }) => module === 'Notes' && action === 'insert').length
  }
}
