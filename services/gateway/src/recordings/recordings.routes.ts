import type { FileStore } from '@leadlog/files'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { notePlay, type PlayNotes } from './note-play.ts'
import { play, PLAYBACK_DESCRIPTION, PLAYBACK_RESPONSES } from './playback.ts'
import { Recordings } from './recording.schema.ts'
import { findPlayable, findRecordings } from './recordings.queries.ts'

const listQuery = defineQuery({ after: afterParameter() })

const AudioParams = Type.Object({
  id: Type.String({ description: 'id of the call' }),
  recordingId: Type.String({ description: 'id of the recording' })
})

/** The recordings of calls: what was said, and the sound itself. */
export function recordingRoutes(
  app: HttpServer,
  { reads, freshness }: ReadContext,
  { files, plays }: { readonly files: Pick<FileStore, 'open'>; readonly plays: PlayNotes }
): void {
  app.get(
    '/calls/:id/recordings',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'The recordings of a call, with what was said',
        params: IdParams,
        querystring: listQuery.schema,
        response: { 200: Recordings, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(listQuery.parse(request.query).after)
      return { data: await reads(request, (db) => findRecordings(db, id)) }
    }
  )

  app.get(
    '/calls/:id/recordings/:recordingId/audio',
    {
      // Sound does not get smaller, and a range is one of the bytes as they are.
      compress: false,
      config: { access: 'recordings' },
      schema: {
        tags: ['Telephony'],
        summary: 'The sound of a recording, whole or in parts; each play is noted',
        description: PLAYBACK_DESCRIPTION,
        params: AudioParams,
        response: PLAYBACK_RESPONSES
      }
    },
    async (request, reply) => {
      const { params } = request
      const [callId, id] = [pathId(params), pathId({ id: params.recordingId })]
      const row = await reads(request, (db) => findPlayable(db, callId, id))
      const recording = found(row, 'RECORDING_UNKNOWN', `recording ${id} of call ${callId}`)
      return play(request, reply, files, recording, (client) => notePlay(plays, client, { id, callId }))
    }
  )
}
