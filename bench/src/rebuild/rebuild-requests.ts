import type { LogAddress } from './open-bench-log.ts'

/** What a contestant's process can be asked. */
export type RebuildRequests = {
  /** Connects, and brings the events to where this contestant reads them. */
  open(request: RebuildPlace): Promise<void>
  /** Builds the read model from nothing in one of the contestant's ways. */
  rebuild(request: { way: string }): Promise<{ events: number; milliseconds: number }>
  /** A digest of the rows of the first so many leads, as they stand after the last rebuild. */
  digest(request: { leads: number }): Promise<string>
}

export interface RebuildPlace extends LogAddress {
  readonly databaseUrl: string
  /** Leads whose events this contestant reads. */
  readonly leads: number
}
