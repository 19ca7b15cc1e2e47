import type { FileStore } from '@leadlog/files'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { findMeetingIds } from '../meetings/meetings.queries.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { notePlay, type PlayNotes } from '../recordings/note-play.ts'
import { play, PLAYBACK_DESCRIPTION, PLAYBACK_RESPONSES } from '../recordings/playback.ts'
import { SpokenTranscript } from './meeting-recording.schema.ts'
import { findPlayableOfMeeting, findSpoken } from './meeting-recordings.queries.ts'

const transcriptQuery = defineQuery({ after: afterParameter() })

const MediaParams = Type.Object({
  id: Type.String({ description: 'id of the meeting' }),
  recordingId: Type.String({ description: 'id of the recording' })
})

/** What was recorded of meetings: what was said, and sound and picture themselves. */
export function meetingRecordingRoutes(
  app: HttpServer,
  { reads, freshness }: ReadContext,
  { files, plays }: { readonly files: Pick<FileStore, 'open'>; readonly plays: PlayNotes }
): void {
  app.get(
    '/meetings/:id/transcript',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Meetings'],
        summary: 'What was said in a meeting, as its platform wrote it down; empty where nothing was',
        params: IdParams,
        querystring: transcriptQuery.schema,
        response: { 200: SpokenTranscript, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(transcriptQuery.parse(request.query).after)
      const data = await reads(request, async (db) => {
        const ids = await findMeetingIds(db, id)
        return ids.length === 0 ? null : findSpoken(db, ids)
      })
      return { data: found(data, 'MEETING_UNKNOWN', `meeting ${id}`) }
    }
  )

  app.get(
    '/meetings/:id/recordings/:recordingId/media',
    {
      // Sound and picture do not get smaller, and a range is one of the bytes as they are.
      compress: false,
      config: { access: 'recordings' },
      schema: {
        tags: ['Meetings'],
        summary: 'A recording of a meeting, whole or in parts; each play is noted',
        description: PLAYBACK_DESCRIPTION,
        params: MediaParams,
        response: PLAYBACK_RESPONSES
      }
    },
    async (request, reply) => {
      const { params } = request
      const [meetingId, id] = [pathId(params), pathId({ id: params.recordingId })]
      const row = await reads(request, async (db) => {
        const ids = await findMeetingIds(db, meetingId)
        return ids.length === 0 ? null : findPlayableOfMeeting(db, ids, id)
      })
      const recording = found(row, 'RECORDING_UNKNOWN', `recording ${id} of meeting ${meetingId}`)
      return play(request, reply, files, recording, (client) => notePlay(plays, client, { id, meetingId }))
    }
  )
}
