import { createHash } from 'node:crypto'
import {
  derivedId,
  MeetingRecordingPlayed,
  newEvent,
  RecordingPlayed,
  TransientError,
  type NewEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { HttpProblem } from '@leadlog/service'
import type { Client } from '../auth/client.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'

/** Whoever asks for nothing more of a recording for so long has stopped; after that they play it anew. */
const PLAY_MS = 15 * 60_000

export interface PlayNotes {
  readonly log: Pick<EventLog, 'transact'>
  /** Which plays go on, for all processes. */
  readonly plays: Pick<VolatileStore, 'get' | 'put' | 'renew'>
  readonly now: () => Date
}

/** What is played: the recording of a call, or of a meeting. */
export type PlayedRecording = { readonly id: string } & ({ readonly callId: string } | { readonly meetingId: string })

/**
 * Notes that somebody listens, before they hear anything. A player asks for a recording in many parts: those of one client
 * belong to one play while less than a quarter of an hour is between them. Where the store of plays is away, or two first requests
 * come at once, the event's id makes one of them; there may be two where a play goes on over such a failure, and never none.
 *
 * @throws HttpProblem 503 RECORDINGS_UNAVAILABLE: then nothing is played
 */
export async function notePlay(
  { log, plays, now }: PlayNotes,
  client: Client,
  recording: PlayedRecording
): Promise<void> {
  const listener = `${client.actor}/${client.session?.id ?? ''}`
  const key = `play/${createHash('sha256').update(`${listener}/${recording.id}`).digest('hex')}`
  const going = await plays.get(key).catch(() => null)
  if (going !== null) {
    await plays.renew(key, going, PLAY_MS).catch(() => false)
    return
  }
  const at = now()
  const playId = derivedId('play', listener, recording.id, String(Math.floor(at.getTime() / PLAY_MS)))
  const [kind, id = ''] = client.actor.split(/:(.*)/s)
  try {
    await log.transact({
      cause: { id: playId, correlationId: playId },
      handler: 'gateway-note-play',
      actor: client.actor,
      load: [],
      decide: () => [
        played(playId, recording, {
          recordingId: recording.id,
          userId: kind === 'user' ? id : null,
          keyId: kind === 'user' ? null : id,
          at: at.toISOString()
        })
      ]
    })
  } catch (error) {
    throw error instanceof TransientError ? playAway(error) : error
  }
  await plays.put(key, playId, PLAY_MS).catch(() => undefined)
}

function played(
  playId: string,
  recording: PlayedRecording,
  by: {
    readonly recordingId: string
    readonly userId: string | null
    readonly keyId: string | null
    readonly at: string
  }
): NewEvent {
  return 'callId' in recording
    ? newEvent(RecordingPlayed, playId, { ...by, callId: recording.callId })
    : newEvent(MeetingRecordingPlayed, playId, { ...by, meetingId: recording.meetingId })
}

function playAway(cause: Error): HttpProblem {
  const detail = 'It cannot be noted that the recording is played, so it is not. Try again'
  return new HttpProblem(503, 'RECORDINGS_UNAVAILABLE', detail, { retryAfterSeconds: 1, cause })
}
