import type { CrmWrite } from '../crm-writes/crm-write.schema.ts'
import type { ReceivedEvent, ReceivedEventStep } from './received-event.schema.ts'
import type { ReceivedEventRow } from './received-events.table.ts'
import type { ReceivedEventStatus } from './status.ts'

/** A row with what the query found beside it. */
export type FoundReceivedEvent = ReceivedEventRow & {
  readonly status: ReceivedEventStatus
  /** CRM writes that wait for an outcome. */
  readonly open: number | null
  readonly last_settled_at: string | null
  readonly lead_id: string | null
  readonly lead_name: string | null
  readonly lead_email: string | null
}

export function receivedEventOf(row: FoundReceivedEvent): ReceivedEvent {
  return {
    id: row.id,
    provider: row.provider ?? '',
    eventType: row.event_type ?? '',
    externalId: row.external_id ?? '',
    idempotencyKey: row.idempotency_key ?? '',
    status: row.status,
    receivedAt: row.received_at ?? '',
    startedAt: row.translated_at,
    finishedAt: finishedAt(row),
    lastActivityAt: latest(row.last_activity_at, row.last_settled_at),
    size: row.size ?? 0,
    attempts: attemptsOf(row),
    failedAttempts: row.failed_attempts,
    nextAttemptAt: row.status === 'processing' ? row.next_attempt_at : null,
    lastError: row.last_error,
    ignoredBecause: row.discarded_reason ?? row.ignored_reason ?? row.disposition_reason,
    pendingSteps: row.pending_steps + (row.open ?? 0),
    lead: row.lead_id === null ? null : { id: row.lead_id, name: row.lead_name, email: row.lead_email ?? '' },
    meetingId: row.meeting_id
  }
}

/** Every step in the order in which they began; CRM writes are steps of their own. */
export function stepsOf(row: ReceivedEventRow, writes: readonly CrmWrite[]): ReceivedEventStep[] {
  const steps: ReceivedEventStep[] = []
  if (row.disposition === 'accepted' && row.received_at !== null) {
    steps.push({ kind: 'translate', causeId: row.id, startedAt: row.received_at, finishedAt: row.translated_at })
  }
  for (const [key, { startedAt, finishedAt }] of Object.entries(row.steps)) {
    const [kind, ...causeId] = key.split(':')
    if (startedAt === null) continue
    steps.push({ kind: kind as ReceivedEventStep['kind'], causeId: causeId.join(':'), startedAt, finishedAt })
  }
  for (const { id, kind, queuedAt, settledAt } of writes) {
    steps.push({ kind, causeId: id, startedAt: queuedAt, finishedAt: settledAt })
  }
  return steps.sort((a, b) => a.startedAt.localeCompare(b.startedAt) || a.causeId.localeCompare(b.causeId))
}

function finishedAt(row: FoundReceivedEvent): string | null {
  switch (row.status) {
    case 'processed':
      return latest(row.last_step_at ?? row.translated_at, row.last_settled_at)
    case 'ignored':
      return row.discarded_at ?? row.ignored_at ?? row.received_at
    case 'failed':
      return row.failed_at ?? row.last_settled_at
    case 'queued':
    case 'processing':
      return null
  }
}

/** After trouble that passed, the attempt that succeeded counts too. */
function attemptsOf(row: FoundReceivedEvent): number {
  const done = row.status === 'processed' || row.status === 'ignored'
  return Math.max(row.highest_failed_attempt + (done ? 1 : 0), row.translated_at === null && !done ? 0 : 1)
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
