import { PermanentError, type Lane } from '@leadlog/contracts'
import type { VendorClient } from '@leadlog/outbound'
import type { RecordingMedia } from './twilio-client.ts'

interface MediaRequest {
  readonly accountSid: string
  readonly url: string
  readonly range: string | undefined
  readonly lane: Lane
}

/**
 * Fetches a recording by its sid. Of the address that Twilio gave only the sid, the extension and the wish for two
 * channels are used: whatever else a forged callback might name is not called.
 */
export async function recordingMedia(
  vendor: VendorClient,
  { accountSid, url, range, lane }: MediaRequest
): Promise<RecordingMedia> {
  const [, sid, extension = 'mp3'] = /(?:^|\/)(RE[0-9a-fA-F]{32})(?:\.(mp3|wav))?(?:$|\?)/.exec(url) ?? []
  if (sid === undefined) throw new PermanentError('TWILIO_SID_INVALID', 'The address is not that of a recording.')
  const channels = /[?&]RequestedChannels=([12])(?:&|$)/.exec(url)?.[1]
  const { status, headers, body } = await vendor.stream({
    operation: 'get-recording-media',
    method: 'GET',
    path: `/2010-04-01/Accounts/${accountSid}/Recordings/${sid}.${extension}`,
    ...(channels === undefined ? {} : { query: { RequestedChannels: channels } }),
    headers: { accept: '*/*', ...(range === undefined ? {} : { range }) },
    lane
  })
  const length = Number(headers['content-length'] ?? Number.NaN)
  return {
    status,
    contentType: headers['content-type'] ?? null,
    contentLength: Number.isFinite(length) ? length : null,
    contentRange: headers['content-range'] ?? null,
    body
  }
}
