import type { FlowDocument, FlowStep } from '@leadlog/contracts'
import { overdueAt } from './call-overdue.ts'
import type { Call, CallDetail } from './call.schema.ts'
import type { CallRow } from './calls.table.ts'
import { turnsOf } from './spoken.ts'

/** What a list needs of a row, with what its flow says of where the call is. */
export type ListedCall = Omit<
  CallRow,
  'turns' | 'recordings' | 'events' | 'variables' | 'search' | 'report' | 'number_digits'
> & {
  readonly recording_count: number
  readonly flow_name: string | null
  readonly step_document: FlowStep | null
}

export function callOf(row: ListedCall): Call {
  const step = row.step_document
  return {
    id: row.id,
    callSid: row.call_sid,
    dialId: row.dial_id,
    direction: row.direction,
    status: row.status,
    live: row.live,
    leadId: row.lead_id,
    number: row.number,
    ours: row.ours,
    flow:
      row.flow_id === null || row.flow_version === null
        ? null
        : { flowId: row.flow_id, version: row.flow_version, name: row.flow_name },
    step:
      row.step === null || row.step_since === null
        ? null
        : {
            id: row.step,
            kind: step?.kind ?? null,
            label: step?.label ?? null,
            queue: step?.kind === 'queue' ? step.queue : null,
            since: row.step_since
          },
    fellBack: row.fell_back,
    transfer: row.transfer,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    durationSeconds: row.duration_seconds,
    lastHeardAt: row.last_heard_at,
    overdueAt: overdueAt(row, step),
    recordingCount: row.recording_count
  }
}

/** @param document the version that the call went through; null where it has none */
export function callDetailOf(row: CallRow, document: FlowDocument | null, flowName: string | null): CallDetail {
  const recordings = Object.values(row.recordings)
  const step = document?.steps.find(({ id }) => id === row.step) ?? null
  return {
    ...callOf({ ...row, recording_count: recordings.length, flow_name: flowName, step_document: step }),
    turns: turnsOf(row, document),
    recordings: recordings.toSorted((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '')),
    events: [...row.events]
  }
}
