import { derivedId } from '@leadlog/contracts'
import { sweepFiles, type FileStore } from '@leadlog/files'
import type { EventLog } from '@leadlog/event-log'
import { deleteFile, FILES_KIND, recordingOf, recordingRef } from './recording.ts'

const DAY_MS = 86_400_000

/**
 * Deletes recordings of meetings that are kept long enough, and files that no recording names. It goes by what is in the store, so
 * that another retention holds for what is there already.
 *
 * @returns how many of both
 */
export async function endMeetingRecordings(parts: {
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly files: FileStore
  readonly retentionDays: number
  readonly now: Date
}): Promise<{ readonly recordings: number; readonly orphans: number }> {
  const { log, files, retentionDays, now } = parts
  const oldest = now.getTime() - retentionDays * DAY_MS
  let ended = 0
  for (const { name, owner, newestAt } of await files.list(FILES_KIND)) {
    if (newestAt.getTime() > oldest) continue
    const ref = recordingRef(owner)
    const { events } = await log.load(ref)
    const { stored } = recordingOf(events)
    if (stored?.file !== name || Date.parse(stored.storedAt) > oldest) continue
    const id = derivedId('meeting-recording-retention', owner)
    await deleteFile(files, events, { reason: 'retention', deletedAt: now.toISOString() }, (decide) =>
      log.transact({
        cause: { id, correlationId: id },
        handler: 'meetings-recording-retention',
        actor: 'service:meetings',
        load: [ref],
        decide: ([history]) => decide(history?.events ?? [])
      })
    )
    ended += 1
  }
  const orphans = await sweepFiles(files, FILES_KIND, now, async ({ name, owner }) => {
    const { stored, deleted } = recordingOf((await log.load(recordingRef(owner))).events)
    return stored?.file === name && deleted === null
  })
  return { recordings: ended, orphans }
}
