import type { HubspotStore } from './hubspot-store.ts'

/** Writes to the CRM by what they did. */
export interface HubspotWriteCounts {
  inserts: number
  updates: number
  archived: number
  /** Updates that changed nothing. */
  superfluous: number
  notes: number
}

export const hubspotWriteCounts = (store: HubspotStore): HubspotWriteCounts => {
  const writes = store.writes()
  const records = writes.filter(({ objectType }) => objectType !== 'notes')
  const count = (action: string): number => records.filter((write) => write.action === action).length
  return {
    inserts: count('insert'),
    updates: count('update'),
    archived: count('archive'),
    superfluous: records.filter(({ action, changed }) => action === 'update' && changed.length === 0).length,
    notes: writes.filter(({ objectType, action }) => objectType === 'notes' && action === 'insert').length
  }
}
