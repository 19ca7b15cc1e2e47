import { PermanentError, TransientError, type MeetingRecordingGap } from '@leadlog/contracts'
import type { ZoomDownload } from '@leadlog/zoom'
import { readDeliveryAgain } from '../attendance/read-delivery.ts'
import type { MeetingsDeps } from '../deps.ts'

/** Why a recording is not to be had. */
export interface Gap {
  readonly reason: MeetingRecordingGap
  readonly detail: string
}

/** What opens a file is good for a day, says Zoom. */
const TOKEN_MS = 24 * 3_600_000

/** A recording may be told of a moment before it can be had. */
const ATTEMPTS_WHERE_REFUSED = 3

const REFUSED = 'ZOOM_124'

/**
 * The content of a file that a webhook told of. Its address and what opens it stand in the webhook alone, which is read again; where
 * that is over, the host's own permission opens it.
 *
 * @throws TransientError where it may still come
 */
export async function fetchFile(
  request: { readonly webhookId: string; readonly fileId: string; readonly attempt: number; readonly now: Date },
  deps: Pick<MeetingsDeps, 'log' | 'webhooks' | 'download' | 'zoom'>
): Promise<ZoomDownload | Gap> {
  const { webhookId, fileId, attempt, now } = request
  const { download, zoom } = deps
  const read = await readDeliveryAgain(webhookId, deps)
  if (read === null) {
    return { reason: 'expired', detail: 'The webhook that told of the file is not kept any more' }
  }
  const { webhook, delivery } = read
  const { object } = delivery.payload
  const url = object.recording_files?.find(({ id }) => id === fileId)?.download_url
  if (!url) return { reason: 'refused', detail: 'Zoom gave no address of the file' }
  const isOver = now.getTime() - Date.parse(webhook.data.receivedAt) > TOKEN_MS
  const gap: Gap = isOver
    ? { reason: 'expired', detail: 'What opens the file was good for a day, and the day is over' }
    : { reason: 'refused', detail: 'Zoom does not give the file' }
  try {
    if (delivery.download_token && !isOver) return await download(url, delivery.download_token)
  } catch (error) {
    if (!(error instanceof PermanentError) || !error.code.startsWith('ZOOM_')) throw error
    if (error.code !== REFUSED) {
      if (attempt >= ATTEMPTS_WHERE_REFUSED) return { ...gap, detail: `${error.code}: ${error.message}` }
      throw new TransientError('MEETINGS_RECORDING_NOT_READY', 'Zoom does not give the recording yet', { cause: error })
    }
  }
  const host = object.host_email?.trim().toLowerCase()
  if (zoom === null || !host) return gap
  try {
    return await zoom.token(host).use(
      ({ value }) => download(url, value),
      (error) => error instanceof PermanentError && error.code === REFUSED
    )
  } catch (error) {
    if (error instanceof PermanentError) return gap
    throw error
  }
}
