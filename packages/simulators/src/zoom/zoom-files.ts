import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { sha256Hex } from '../seeded.ts'
import type { ZoomFile, ZoomInstance } from './zoom-resources.ts'
import type { ZoomStore } from './zoom-store.ts'

/** A file to be downloaded. */
export interface ZoomContent {
  bytes: Readable
  size: number
  contentType: string
}

const types = { MP4: 'video/mp4', M4A: 'audio/mp4', TRANSCRIPT: 'text/vtt' } as const

const proofOf = (secret: string, what: string): string => createHmac('sha256', secret).update(what).digest('base64url')

/** What lets somebody download the files of an instance of a meeting for a while. It begins with when it was given out. */
export const downloadTokenOf = (secret: string, uuid: string, givenAt: Date): string => {
  const at = String(givenAt.getTime())
  return `${at}.${proofOf(secret, `download ${uuid} ${at}`)}`
}

/** Whether a token opens the files of an instance still. */
export const isDownloadTokenGood = (
  token: string,
  { secret, uuid, now, seconds }: { secret: string; uuid: string; now: Date; seconds: number }
): boolean => {
  const givenAt = new Date(Number(token.split('.')[0]))
  if (Number.isNaN(givenAt.getTime()) || token !== downloadTokenOf(secret, uuid, givenAt)) return false
  return now.getTime() - givenAt.getTime() < seconds * 1000
}

/** What opens the address at which the bytes of a file are. */
export const contentProofOf = (secret: string, fileId: string): string => proofOf(secret, `content ${fileId}`)

/** A file and the instance that it was recorded in. */
export const fileOf = (store: ZoomStore, fileId: string): { instance: ZoomInstance; file: ZoomFile } | undefined => {
  for (const { instances } of store.meetings.list()) {
    for (const instance of instances) {
      const file = instance.files.find(({ id }) => id === fileId)
      if (file !== undefined) return { instance, file }
    }
  }
  return undefined
}

/** The bytes of a file: of a transcript its text, of a recording noise that is the same each time. */
export const fileContent = (store: ZoomStore, fileId: string): ZoomContent | undefined => {
  const found = fileOf(store, fileId)
  if (found === undefined) return undefined
  const { file, instance } = found
  const { fileType, size } = file
  const pieces = fileType === 'TRANSCRIPT' ? [Buffer.from(instance.transcript)] : noise(fileId, size)
  return { bytes: Readable.from(pieces, { objectMode: false }), size, contentType: types[fileType] }
}

const BLOCKS_A_PIECE = 2_048

/** Piece by piece: a recording may be larger than memory. */
function* noise(fileId: string, size: number): Generator<Buffer> {
  const block = Buffer.from(sha256Hex(fileId), 'hex')
  const piece = Buffer.concat(Array.from({ length: BLOCKS_A_PIECE }, () => block))
  for (let sent = 0; sent < size; sent += piece.length) yield piece.subarray(0, size - sent)
}

export const sendFile = (reply: FastifyReply, { bytes, size, contentType }: ZoomContent): FastifyReply =>
  reply.code(200).header('content-type', contentType).header('content-length', size).send(bytes)
