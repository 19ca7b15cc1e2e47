import { TransientError } from '@leadlog/contracts'

/** @throws TransientError INGEST_RECONCILIATION_ENDED where the run must end now */
export function assertGoing(signal: AbortSignal): void {
  if (!signal.aborted) return
  throw new TransientError(
    'INGEST_RECONCILIATION_ENDED',
    'The run was ended: the process stops, or its time was over. The next one goes on'
  )
}
