import type { ParadeOptions } from './lead-parade.ts'
import type { LogAddress } from '../rebuild/open-bench-log.ts'

export interface ScalePlace extends LogAddress {
  readonly databaseUrl: string
}

/** When an appended event was acknowledged; milliseconds since the epoch, of the machine that all share. */
export interface Moment {
  readonly stream: string
  readonly sequence: number
  readonly at: number
}

/** When a read model had applied a place. */
export interface AppliedMoment extends Moment {
  readonly projection: string
}

/** The process that writes the log. */
export type FillRequests = {
  /** `parade` says which leads come; those of the scale where absent. */
  open(place: LogAddress & { parade?: ParadeOptions }): Promise<void>
  /** Appends until the streams hold so many events together. */
  fillTo(request: { events: number }): Promise<{ events: number; milliseconds: number }>
  /** Begins to append at even intervals; to be ended by `endPace`. */
  beginPace(request: { eventsPerSecond: number }): Promise<void>
  endPace(request: object): Promise<readonly Moment[]>
}

/** The process that keeps the live tables level, as the gateway does. */
export type LiveRequests = {
  open(place: ScalePlace): Promise<void>
  /** Returns when every read model stands at the end of its streams; a checksum by table. */
  level(request: object): Promise<Readonly<Record<string, string>>>
  /** What the read models applied since the last call. */
  applied(request: object): Promise<readonly AppliedMoment[]>
}

/** The process that rebuilds. */
export type RebuildAllRequests = {
  open(place: ScalePlace): Promise<void>
  /** Builds every read model beside the live one, from nothing. */
  rebuild(request: object): Promise<RebuildFigures>
  /** A checksum by table of what was built. */
  checksums(request: object): Promise<Readonly<Record<string, string>>>
}

export interface RebuildFigures {
  /** Events of the log, each counted once however many read models take it. */
  readonly events: number
  readonly milliseconds: number
  /** Processor time of the process itself. */
  readonly processorMs: number
  /** The largest resident size since the process began, in MiB. */
  readonly peakMiB: number
  /** The heap in use after the rebuild, garbage collected, in MiB. */
  readonly heapMiB: number
}
