import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { Player } from '../../detail/player.tsx'
import { Transcript, type Spoken } from '../../detail/transcript.tsx'
import { Section } from '../../design/page.tsx'
import { Time } from '../../design/time.tsx'
import { bytes } from '../../words/format.ts'
import { whyNothingToPlay } from '../../words/meetings.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>
type Recording = Meeting['recordings'][number]

/** What was recorded of the meeting: to see and hear, and to read along. */
export function MeetingRecordings({ meeting }: { meeting: Meeting }) {
  const spoken = useQuery({
    ...readOfOne('/v1/meetings/{id}/transcript', meeting.id),
    enabled: meeting.recordings.length > 0
  })
  const media = meeting.recordings.filter(({ kind }) => kind !== 'transcript')
  const said = spoken.data?.data ?? []
  if (media.length === 0) {
    return said.length === 0 ? null : (
      <Section title="What was said">
        <Transcript segments={spokenFrom(said, said[0]?.startMs ?? 0)} seconds={null} onSeek={null} />
      </Section>
    )
  }
  return media.map((recording, index) => (
    <Section
      key={recording.id}
      title={`${recording.kind === 'video' ? 'Video' : 'Sound'}${media.length === 1 ? '' : ` ${String(index + 1)} of ${String(media.length)}`}`}
      aside={
        recording.startedAt === null ? null : (
          <span className="text-xs text-muted">
            <Time at={recording.startedAt} />
            {recording.sizeBytes === null ? '' : `, ${bytes(recording.sizeBytes)}`}
          </span>
        )
      }
    >
      <OneRecording recording={recording} said={index === 0 ? said : []} />
    </Section>
  ))
}

type Said = AnswerOf<'/v1/meetings/{id}/transcript'>['data']

function OneRecording({ recording, said }: { recording: Recording; said: Said }) {
  const missing = whyNothingToPlay(recording)
  const beginning = recording.startedAt === null ? (said[0]?.startMs ?? 0) : Date.parse(recording.startedAt)
  const segments = spokenFrom(said, beginning)
  if (missing !== null || recording.mediaUrl === null) {
    return (
      <div className="flex flex-col gap-3">
        <p className="text-muted">{missing}</p>
        {segments.length === 0 ? null : <Transcript segments={segments} seconds={null} onSeek={null} />}
      </div>
    )
  }
  return (
    <Player
      address={recording.mediaUrl}
      isVideo={recording.kind === 'video'}
      durationSeconds={
        recording.startedAt === null || recording.endedAt === null
          ? null
          : (Date.parse(recording.endedAt) - Date.parse(recording.startedAt)) / 1000
      }
    >
      {(seconds, seek) =>
        segments.length === 0 ? null : <Transcript segments={segments} seconds={seconds} onSeek={seek} />
      }
    </Player>
  )
}

/** What was said, counted from the beginning of the recording. */
function spokenFrom(said: Said, beginning: number): Spoken[] {
  return said.map(({ startMs, speaker, words }) => ({ startMs: Math.max(0, startMs - beginning), speaker, words }))
}
