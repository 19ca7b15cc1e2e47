import { openServiceFiles } from '@leadlog/files'
import { startRetention, type ServiceContext } from '@leadlog/service'
import type { telephonyConfig } from '../config.ts'
import type { TelephonyDeps } from '../deps.ts'
import { endRecordings } from './end-recordings.ts'
import type { RecordingSource } from './fetch-sound.ts'
import { recordingOutcomes } from './recording.metrics.ts'

/** What keeping the sound of calls needs. Begins to delete what was kept long enough. */
export function keepRecordings(
  context: ServiceContext<typeof telephonyConfig>,
  sounds: RecordingSource | null
): Pick<TelephonyDeps, 'sounds' | 'files' | 'keys' | 'deleteRecordingsAtTwilio' | 'recordings'> {
  const { config, keyring, log, logger, clock, metrics, onStop } = context
  const files = openServiceFiles(context)
  const recordings = metrics.counter(recordingOutcomes)
  const retention = startRetention({
    what: 'recordings',
    run: () =>
      endRecordings({ log, files, retentionDays: config.recordingRetentionDays, recordings, now: clock.now() }),
    logger
  })
  onStop(() => retention.stop())
  return { sounds, files, keys: keyring, deleteRecordingsAtTwilio: config.deleteRecordingsAtTwilio, recordings }
}
