import { createHmac } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { sha256Hex } from '../seeded.ts'
import type { ZoomFile, ZoomInstance } from './zoom-resources.ts'
import type { ZoomStore } from './zoom-store.ts'

/** A file to be downloaded. */
export interface ZoomContent {
  bytes: Buffer
  contentType: string
}

const types = { MP4: 'video/mp4', M4A: 'audio/mp4', TRANSCRIPT: 'text/vtt' } as const

/** What lets somebody download the files of an instance of a meeting. */
export const downloadTokenOf = (secret: string, uuid: string): string =>
  createHmac('sha256', secret).update(`download ${uuid}`).digest('base64url')

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
  const bytes = file.fileType === 'TRANSCRIPT' ? Buffer.from(instance.transcript) : noise(fileId, file.size)
  return { bytes, contentType: types[file.fileType] }
}

const noise = (fileId: string, size: number): Buffer => {
  const block = Buffer.from(sha256Hex(fileId), 'hex')
  return Buffer.concat(Array.from({ length: Math.ceil(size / block.length) }, () => block)).subarray(0, size)
}

export const sendFile = (reply: FastifyReply, { bytes, contentType }: ZoomContent): FastifyReply =>
  reply.code(200).header('content-type', contentType).header('content-length', bytes.length).send(bytes)
