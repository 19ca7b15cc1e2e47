import type { Readable } from 'node:stream'
import type { MeetingChange, NewZoomMeeting, ZoomMeeting } from './meeting.ts'

/** Somebody who was in an instance of a meeting. */
export interface ZoomParticipant {
  readonly name: string
  /** Null for guests, whose addresses Zoom does not tell. */
  readonly email: string | null
}

/** A file of a cloud recording. */
export interface ZoomRecordingFile {
  readonly id: string
  /** `MP4`, `M4A`, `TRANSCRIPT` and others. */
  readonly fileType: string
  readonly fileExtension: string
  readonly size: number
  readonly downloadUrl: string
}

/** The bytes of a file as they come. */
export interface ZoomDownload {
  readonly contentType: string | null
  readonly contentLength: number | null
  readonly body: Readable
}

/**
 * Zoom's API, for one account or one user. Zoom has no idempotency key: after an OutcomeUnknownError of a create look with
 * {@link ZoomClient.findMeeting} before another.
 */
export interface ZoomClient {
  /**
   * @param host id or e-mail address of the user; `me` where the token is a user's
   * @throws PermanentError `ZOOM_<code>` for what Zoom refuses, TransientError `ZOOM_DAILY_LIMIT` when the host has made as
   * many meetings as a day allows
   */
  createMeeting(host: string, meeting: NewZoomMeeting): Promise<ZoomMeeting>
  /** The meeting of the host that was made with the marker; of several the oldest. */
  findMeeting(host: string, marker: string): Promise<ZoomMeeting | null>
  /** Null where there is none of this number. */
  meeting(id: string): Promise<ZoomMeeting | null>
  /** Again with the same content it changes nothing. @throws PermanentError `ZOOM_3001` where it is gone */
  updateMeeting(id: string, change: MeetingChange): Promise<void>
  /** What is gone already is deleted. */
  deleteMeeting(id: string): Promise<void>
  /** Who was in an instance that has ended; null where Zoom does not know it. */
  participants(uuid: string): Promise<readonly ZoomParticipant[] | null>
  recordings(id: string): Promise<readonly ZoomRecordingFile[]>
  /** A file of a recording. The token is sent to Zoom only, not to where Zoom refers to. @param token of the webhook */
  download(url: string, token: string): Promise<ZoomDownload>
  /** The host's time zone and name, to see that the connection works. */
  user(idOrMe: string): Promise<{ readonly id: string; readonly email: string; readonly name: string }>
  close(): Promise<void>
}
