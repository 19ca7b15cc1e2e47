import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { Player } from '../../detail/player.tsx'
import { Transcript } from '../../detail/transcript.tsx'
import { Section } from '../../design/page.tsx'
import { Failed } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { clock } from '../../words/calls.ts'
import { speakerWord, whyNoSound, whyNoTranscript } from '../../words/recordings.ts'

type Recording = AnswerOf<'/v1/calls/{id}/recordings'>['data'][number]

/** The recordings of a call: to hear, and to read along. */
export function Recordings({ callId, reported }: { callId: string; reported: number }) {
  const found = useQuery(readOfOne('/v1/calls/{id}/recordings', callId))
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const recordings = found.data?.data ?? []
  if (recordings.length === 0) {
    // Nothing to say of a call that was not recorded.
    return reported === 0 || found.data === undefined ? null : (
      <Section title="Recording">
        <p className="text-muted">The recording is being fetched from Twilio.</p>
      </Section>
    )
  }
  return recordings.map((recording, index) => (
    <Section
      key={recording.id}
      title={recordings.length === 1 ? 'Recording' : `Recording ${String(index + 1)} of ${String(recordings.length)}`}
      aside={
        recording.startedAt === null ? null : (
          <span className="text-xs text-muted">
            <Time at={recording.startedAt} />
          </span>
        )
      }
    >
      <OneRecording recording={recording} />
    </Section>
  ))
}

function OneRecording({ recording }: { recording: Recording }) {
  const silent = whyNoSound(recording)
  const unread = whyNoTranscript(recording)
  const segments = recording.transcript.segments.map((segment) => ({
    ...segment,
    speaker: speakerWord(segment.speaker)
  }))
  if (silent === null && recording.audioUrl !== null) {
    return (
      <Player address={recording.audioUrl} durationSeconds={recording.durationSeconds}>
        {(seconds, seek) =>
          unread === null ? (
            <Transcript segments={segments} seconds={seconds} onSeek={seek} />
          ) : (
            <p className="text-muted">{unread}</p>
          )
        }
      </Player>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">
        {silent}
        {recording.durationSeconds === null ? '' : ` It was ${clock(recording.durationSeconds)} long.`}
      </p>
      {unread === null ? <Transcript segments={segments} seconds={null} onSeek={null} /> : null}
    </div>
  )
}
