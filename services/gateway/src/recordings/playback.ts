import { Readable } from 'node:stream'
import { PermanentError } from '@leadlog/contracts'
import type { FileStore, OpenFile } from '@leadlog/files'
import { HttpProblem, problemResponses } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../auth/client.ts'
import { byteRange } from './byte-range.ts'

/** Where a recording is. */
export interface PlayableRow {
  readonly id: string
  readonly person_id: string
  readonly state: 'waiting' | 'stored' | 'unavailable' | 'deleted'
  readonly file: string | null
  readonly content_type: string | null
  readonly digest: string | null
}

/** What every route that plays a recording answers. */
export const PLAYBACK_RESPONSES = {
  200: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'the recording' }),
  206: Type.Unsafe<never>({ type: 'string', format: 'binary', description: 'the part that was asked for' }),
  ...problemResponses(400, 401, 403, 404, 410, 416, 429, 500, 503, 504)
}

/** How ranges and plays are dealt with, for the documentation. */
export const PLAYBACK_DESCRIPTION =
  'Answers ranges of bytes (`Range: bytes=0-1023`). One entry of the security log is made per play: all requests of a client for a recording with less than a quarter of an hour between them.'

/** Of a file in the store: it was deleted, or its person erased. */
const GONE = new Set(['FILES_UNKNOWN', 'FILES_ERASED'])

/**
 * Sends a recording, whole or the part that was asked for.
 *
 * @param note notes the play, before the first byte
 * @throws HttpProblem 404 RECORDING_UNAVAILABLE, 410 RECORDING_DELETED, 416 RANGE_NOT_SATISFIABLE, and what `note` throws
 */
export async function play(
  request: Pick<FastifyRequest, 'headers' | 'method'> & { readonly client: Client | null },
  reply: FastifyReply,
  files: Pick<FileStore, 'open'>,
  recording: PlayableRow,
  note: (client: Client) => Promise<void>
): Promise<FastifyReply> {
  const { client } = request
  if (client === null) throw new TypeError('Nobody may listen: the route must want a client')
  const media = await openMedia(files, recording)
  const etag = `"${recording.digest ?? ''}"`
  void reply.header('cache-control', 'no-store').header('accept-ranges', 'bytes').header('etag', etag)
  const { range: asked, 'if-range': unlessChanged } = request.headers
  const range = byteRange(unlessChanged === undefined || unlessChanged === etag ? asked : undefined, media.size)
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${media.size}`)
    throw new HttpProblem(416, 'RANGE_NOT_SATISFIABLE', `The recording has ${media.size} bytes; ask for some of them`)
  }
  const { start, end } = range === 'whole' ? { start: 0, end: media.size - 1 } : range
  if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${start}-${end}/${media.size}`)
  void reply
    .type(recording.content_type ?? 'application/octet-stream')
    .header('content-length', end - start + 1)
    .header('content-disposition', 'inline')
    .header('x-content-type-options', 'nosniff')
  if (request.method === 'HEAD' || media.size === 0) return reply.send(Readable.from([]))
  await note(client)
  return reply.send(Readable.from(media.read(start, end), { objectMode: false }))
}

async function openMedia(files: Pick<FileStore, 'open'>, recording: PlayableRow): Promise<OpenFile> {
  if (recording.state === 'waiting' || recording.state === 'unavailable') {
    throw new HttpProblem(
      404,
      'RECORDING_UNAVAILABLE',
      'There is nothing of this recording to play: see unavailableBecause'
    )
  }
  if (recording.state === 'deleted' || recording.file === null) throw recordingDeleted()
  try {
    return await files.open(recording.file, recording.person_id)
  } catch (error) {
    throw error instanceof PermanentError && GONE.has(error.code) ? recordingDeleted() : error
  }
}

function recordingDeleted(): HttpProblem {
  return new HttpProblem(410, 'RECORDING_DELETED', 'This recording is deleted; what was transcribed of it is not')
}
