import { derivedId } from '@leadlog/contracts'
import { sweepFiles, type FileStore } from '@leadlog/files'
import type { EventLog } from '@leadlog/event-log'
import type { Counter } from 'prom-client'
import { deleteSound } from './delete-recording.ts'
import { recordingOf, recordingRef } from './recording.ts'

const DAY_MS = 86_400_000

/**
 * Deletes recordings that are kept long enough, and files that no recording names. It goes by what is in the store, so that
 * another retention holds for what is there already.
 *
 * @returns how many of both
 */
export async function endRecordings(parts: {
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly files: FileStore
  readonly retentionDays: number
  readonly recordings: Counter<'outcome'>
  readonly now: Date
}): Promise<{ readonly recordings: number; readonly orphans: number }> {
  const { log, files, retentionDays, now } = parts
  const oldest = now.getTime() - retentionDays * DAY_MS
  let ended = 0
  for (const { name, owner, newestAt } of await files.list('recordings')) {
    // Twilio's report is at most as old as the file, within the clocks' difference.
    if (newestAt.getTime() > oldest) continue
    const ref = recordingRef(owner)
    const { events } = await log.load(ref)
    const { stored } = recordingOf(events)
    if (stored?.file !== name || Date.parse(stored.storedAt) > oldest) continue
    const id = derivedId('recording-retention', owner)
    await deleteSound(files, events, { reason: 'retention', note: null, deletedAt: now.toISOString() }, (decide) =>
      log.transact({
        cause: { id, correlationId: id },
        handler: 'telephony-recording-retention',
        actor: 'service:telephony',
        load: [ref],
        decide: ([history]) => decide(history?.events ?? [])
      })
    )
    parts.recordings.inc({ outcome: 'deleted' })
    ended += 1
  }
  const orphans = await sweepFiles(files, 'recordings', now, async ({ name, owner }) => {
    const { stored, deleted } = recordingOf((await log.load(recordingRef(owner))).events)
    return stored?.file === name && deleted === null
  })
  return { recordings: ended, orphans }
}
