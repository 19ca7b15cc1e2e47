import { Readable } from 'node:stream'
import { PermanentError } from '@leadlog/contracts'
import type { FileStore, OpenFile } from '@leadlog/files'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { byteRange } from './byte-range.ts'
import { notePlay, type PlayNotes } from './note-play.ts'
import { Recordings } from './recording.schema.ts'
import { findPlayable, findRecordings, type PlayableRow } from './recordings.queries.ts'

const listQuery = defineQuery({ after: afterParameter() })

const AudioParams = Type.Object({
  id: Type.String({ description: 'id of the call' }),
  recordingId: Type.String({ description: 'id of the recording' })
})

/** Of a file in the store: it was deleted, or its person erased. */
const GONE = new Set(['FILES_UNKNOWN', 'FILES_ERASED'])

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
        description:
          'Answers ranges of bytes (`Range: bytes=0-1023`). One entry of the security log is made per play: all requests of a client for a recording with less than a quarter of an hour between them.',
        params: AudioParams,
        response: {
          200: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'the sound' }),
          206: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'the part that was asked for' }),
          ...problemResponses(400, 401, 403, 404, 410, 416, 429, 500, 503, 504)
        }
      }
    },
    async (request, reply) => {
      const { params, client } = request
      const [callId, id] = [pathId(params), pathId({ id: params.recordingId })]
      if (client === null) throw new TypeError('Nobody may listen: the route must want a client')
      const row = await reads(request, (db) => findPlayable(db, callId, id))
      const recording = found(row, 'RECORDING_UNKNOWN', `recording ${id} of call ${callId}`)
      const sound = await openSound(files, recording)
      const etag = `"${recording.digest ?? ''}"`
      void reply.header('cache-control', 'no-store').header('accept-ranges', 'bytes').header('etag', etag)
      const { range: asked, 'if-range': unlessChanged } = request.headers
      const range = byteRange(unlessChanged === undefined || unlessChanged === etag ? asked : undefined, sound.size)
      if (range === 'unsatisfiable') {
        void reply.header('content-range', `bytes */${sound.size}`)
        throw new HttpProblem(
          416,
          'RANGE_NOT_SATISFIABLE',
          `The recording has ${sound.size} bytes; ask for some of them`
        )
      }
      const { start, end } = range === 'whole' ? { start: 0, end: sound.size - 1 } : range
      if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${start}-${end}/${sound.size}`)
      void reply
        .type(recording.content_type ?? 'application/octet-stream')
        .header('content-length', end - start + 1)
        .header('content-disposition', 'inline')
        .header('x-content-type-options', 'nosniff')
      if (request.method === 'HEAD' || sound.size === 0) return reply.send(Readable.from([]))
      await notePlay(plays, client, { id, callId })
      return reply.send(Readable.from(sound.read(start, end), { objectMode: false }))
    }
  )
}

/** @throws HttpProblem 404 RECORDING_UNAVAILABLE, 410 RECORDING_DELETED */
async function openSound(files: Pick<FileStore, 'open'>, recording: PlayableRow): Promise<OpenFile> {
  if (recording.state === 'unavailable') {
    throw new HttpProblem(404, 'RECORDING_UNAVAILABLE', 'There is no sound of this recording: see unavailableBecause')
  }
  if (recording.state === 'deleted' || recording.file === null) throw recordingDeleted()
  try {
    return await files.open(recording.file, recording.person_id)
  } catch (error) {
    throw error instanceof PermanentError && GONE.has(error.code) ? recordingDeleted() : error
  }
}

function recordingDeleted(): HttpProblem {
  return new HttpProblem(
    410,
    'RECORDING_DELETED',
    'The sound of this recording is deleted; what was transcribed is not'
  )
}
