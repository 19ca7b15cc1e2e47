import type { Steps } from '../received-events/steps.ts'
import type { ReceivedEventRow } from '../received-events/received-events.table.ts'
import type { ReceivedEventStatus } from '../received-events/status.ts'
import type { LedgerGap } from './ledger.schema.ts'

type GapStep = LedgerGap['step']

/** What tells where a received event stands. */
export type StandingRow = Pick<ReceivedEventRow, 'translated_at' | 'steps' | 'last_error'> & {
  readonly status: ReceivedEventStatus
  /** CRM writes that wait for an outcome, or were refused. */
  readonly openWrites: number
  readonly refusedWrites: number
}

/** Which step each service does. */
const STEP_OF_SERVICE: Readonly<Record<string, GapStep>> = {
  meetings: 'translate',
  crm: 'lead',
  enrichment: 'extract',
  'crm-sync': 'crm'
}

/** The steps after the translation, in their order. */
const STEP_OF_KIND = [
  ['lead', 'lead'],
  ['extract', 'extract'],
  ['sync', 'crm']
] as const

/** The step at which a received event stands: where it failed, else the first that is not finished. */
export function gapStep(row: StandingRow): GapStep {
  if (row.status === 'failed') {
    return row.refusedWrites > 0 ? 'crm' : (STEP_OF_SERVICE[row.last_error?.service ?? ''] ?? 'translate')
  }
  if (row.translated_at === null) return 'translate'
  const pending = STEP_OF_KIND.find(([kind]) => hasPending(row.steps, kind))
  if (pending) return pending[1]
  return row.openWrites > 0 ? 'crm' : 'none'
}

function hasPending(steps: Steps, kind: string): boolean {
  return Object.entries(steps).some(
    ([key, step]) => key.startsWith(`${kind}:`) && step.startedAt !== null && step.finishedAt === null
  )
}
