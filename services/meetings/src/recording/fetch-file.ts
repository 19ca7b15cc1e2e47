import { PermanentError, TransientError, type MeetingRecordingGap } from '@leadlog/contracts'
import { isTokenRefused, zoomCodeOf, type ZoomDownload } from '@leadlog/zoom'
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

/** The address is not one of Zoom's, and will never be. */
const FORGED = 'ZOOM_DOWNLOAD_REFUSED'

/** Refusals that come without a code of Zoom's, as from where the bytes are. */
const REFUSED_BY_STATUS = new Set([
  'OUTBOUND_UNAUTHORIZED',
  'OUTBOUND_FORBIDDEN',
  'OUTBOUND_NOT_FOUND',
  'OUTBOUND_GONE'
])

/** What waiting does not mend: permissions and scopes that are missing. */
const NEVER_READY = new Set([FORGED, 'ZOOM_200', 'ZOOM_4711', 'OUTBOUND_FORBIDDEN', 'OUTBOUND_GONE'])

/**
 * The content of a file that a webhook told of. Its address and what opens it stand in the webhook alone, which is read again; where
 * that does not open it, who acts for the host does: their own permission, or the account's app (ADR 71).
 *
 * @throws TransientError where it may still come
 */
export async function fetchFile(
  request: { readonly webhookId: string; readonly fileId: string; readonly attempt: number; readonly now: Date },
  deps: Pick<MeetingsDeps, 'log' | 'webhooks' | 'download' | 'zoomAccess'>
): Promise<ZoomDownload | Gap> {
  const { webhookId, fileId, attempt, now } = request
  const { download, zoomAccess } = deps
  const read = await readDeliveryAgain(webhookId, deps)
  if (read === null) {
    return { reason: 'expired', detail: 'The webhook that told of the file is not kept any more' }
  }
  const { webhook, delivery } = read
  const { object } = delivery.payload
  const url = object.recording_files?.find(({ id }) => id === fileId)?.download_url
  if (!url) return { reason: 'refused', detail: 'Zoom gave no address of the file' }
  const isOver = now.getTime() - Date.parse(webhook.data.receivedAt) > TOKEN_MS
  const refusals: PermanentError[] = []
  if (delivery.download_token && !isOver) {
    try {
      return await download(url, delivery.download_token)
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusals.push(error)
    }
  }
  const host = object.host_email?.trim().toLowerCase()
  // No other permission makes an address Zoom's.
  if (zoomAccess !== null && host && refusals[0]?.code !== FORGED) {
    try {
      const token = await zoomAccess.tokenOf(host)
      return await token.use(({ value }) => download(url, value), isTokenRefused)
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error
      // Nobody acting for the host says nothing about the file.
      if (isRefusal(error)) refusals.push(error)
    }
  }
  const cause = refusals.find(mayCome)
  if (cause !== undefined && attempt < ATTEMPTS_WHERE_REFUSED) {
    throw new TransientError('MEETINGS_RECORDING_NOT_READY', 'Zoom does not give the recording yet', { cause })
  }
  return gapOf(isOver, cause ?? refusals.find((error) => !isTokenRefused(error)))
}

function isRefusal(error: unknown): error is PermanentError {
  if (!(error instanceof PermanentError)) return false
  return error.code === FORGED || zoomCodeOf(error) !== undefined || REFUSED_BY_STATUS.has(error.code)
}

function mayCome(error: PermanentError): boolean {
  return !isTokenRefused(error) && !NEVER_READY.has(error.code)
}

function gapOf(isOver: boolean, refusal: PermanentError | undefined): Gap {
  const said = refusal === undefined ? null : `${refusal.code}: ${refusal.message}`
  return isOver
    ? { reason: 'expired', detail: said ?? 'What opens the file was good for a day, and the day is over' }
    : { reason: 'refused', detail: said ?? 'Zoom does not give the file' }
}
