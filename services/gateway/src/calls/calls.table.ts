import type {
  CallDirection,
  CallInput,
  CallPosition,
  CallRecordingReported,
  CallStatus,
  CallVariables,
  DataOf,
  StepVisit,
  TransferStage
} from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'
import type { StatusReport } from '@leadlog/call-flow'

export const CALLS_TABLE = 'gateway.calls'
/** The function that finds calls by figures of their number. */
export const CALLS_FINDER = 'gateway.find_calls'

/** A request of the call as it was answered. */
export interface StoredTurn {
  readonly eventId: string
  readonly turn: number
  readonly at: string
  readonly input: CallInput | null
  readonly steps: readonly StepVisit[]
  readonly position: CallPosition | null
  readonly outcome: 'waiting' | 'ended' | 'fell-back'
}

/** What is known of a recording. */
export type StoredRecording = Omit<DataOf<typeof CallRecordingReported>, 'callId' | 'callSid'>

/** The newest handing over to a colleague. */
export interface StoredTransfer {
  readonly transferId: string
  readonly conferenceId: string
  readonly dialId: string
  readonly to: string | null
  readonly why: string | null
  readonly completionRequested: boolean
  readonly stage: TransferStage
  readonly requestedAt: string
  /** Since when it is at that stage. */
  readonly stageAt: string
}

/** An event of the call; its payload is behind its id. */
export interface StoredCallEvent {
  readonly id: string
  readonly type: string
  readonly at: string
}

/** One row per call. A row without a person is not shown yet: Twilio spoke of a recording before it did of the call. */
export const callColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  person_id: column.text({ nullable: true }),
  lead_id: column.text({ nullable: true }),
  /** Its number was given, or corrected, after the call. */
  is_attributed: column.boolean(),
  call_sid: column.text({ nullable: true }),
  /** Of a call that we placed. */
  dial_id: column.text({ nullable: true }),
  direction: column.text<CallDirection>(),
  number: column.text({ nullable: true }),
  number_digits: column.text({ nullable: true }),
  ours: column.text({ nullable: true }),
  status: column.text<CallStatus>(),
  live: column.boolean(),
  report: column.jsonb<StatusReport>({ nullable: true }),
  received: column.boolean(),
  flow_id: column.text({ nullable: true }),
  flow_version: column.integer({ nullable: true }),
  variables: column.jsonb<CallVariables>(),
  /** The step that waits for the caller. */
  step: column.text({ nullable: true }),
  step_since: column.timestamptz({ nullable: true }),
  fell_back: column.jsonb<{ readonly reason: string; readonly number: string | null; readonly at: string }>({
    nullable: true
  }),
  transfer: column.jsonb<StoredTransfer>({ nullable: true }),
  started_at: column.timestamptz(),
  ended_at: column.timestamptz({ nullable: true }),
  duration_seconds: column.integer({ nullable: true }),
  last_heard_at: column.timestamptz(),
  turns: column.jsonb<readonly StoredTurn[]>(),
  recordings: column.jsonb<Readonly<Record<string, StoredRecording>>>(),
  events: column.jsonb<readonly StoredCallEvent[]>(),
  /** What the search compares; see `searchText`. */
  search: column.text()
}

export type CallRow = RowOfColumns<typeof callColumns>
