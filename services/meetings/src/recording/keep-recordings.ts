import { PermanentError } from '@leadlog/contracts'
import { openServiceFiles } from '@leadlog/files'
import { startRetention, type ServiceContext } from '@leadlog/service'
import { createZoomClient } from '@leadlog/zoom'
import type { meetingsConfig } from '../config.ts'
import type { MeetingsDeps } from '../deps.ts'
import { endMeetingRecordings } from './end-recordings.ts'

/** What keeping recordings of meetings needs. Begins to delete what was kept long enough. */
export function keepRecordings(
  context: ServiceContext<typeof meetingsConfig>
): Pick<MeetingsDeps, 'files' | 'keys' | 'download'> {
  const { config, keyring, log, logger, clock, onStop } = context
  const files = openServiceFiles(context)
  const retention = startRetention({
    what: 'recordings of meetings',
    run: () => endMeetingRecordings({ log, files, retentionDays: config.recordingRetentionDays, now: clock.now() }),
    logger
  })
  const client = createZoomClient({
    baseUrl: config.zoomApiUrl,
    privateHosts: config.privateHosts,
    logger,
    // Each file is opened by what its webhook brought.
    token: {
      use: () => Promise.reject(new PermanentError('MEETINGS_ZOOM_DOWNLOADS_ONLY', 'This client fetches files alone'))
    }
  })
  onStop(async () => {
    await retention.stop()
    await client.close()
  })
  return { files, keys: keyring, download: (url, token) => client.download(url, token) }
}
