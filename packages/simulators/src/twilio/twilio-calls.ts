import type { JsonObject } from '../json.ts'
import { createKeptList } from '../kept-list.ts'
import type { KeptList } from '../kept-list.ts'
import type { StateLog } from '../state-log.ts'
import type { CallRecord } from './call-record.ts'

export type TwilioCalls = KeptList<JsonObject>

const KEPT_CALLS = 2_000

export const createTwilioCalls = (log: StateLog): TwilioCalls =>
  createKeptList<JsonObject>(log, { kind: 'twilio.call', most: KEPT_CALLS })

/** A call as it is kept. */
export const keptCall = (record: CallRecord, at: Date): JsonObject => ({
  at: at.toISOString(),
  ...(structuredClone(record) as unknown as JsonObject)
})
