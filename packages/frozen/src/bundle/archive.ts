import { createGunzip, createGzip } from 'node:zlib'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { extract, pack } from 'tar-stream'
import { FrozenError } from '../errors.ts'

/** Files of an archive by name. */
export type ArchiveFiles = ReadonlyMap<string, string>

/** Nobody's incident is larger; a file that unpacks to more is no bundle. */
const MOST_BYTES = 1024 * 1024 * 1024

/** A `.tar.gz` with these files, each dated `at`. */
export async function packFiles(files: ArchiveFiles, at: Date): Promise<Uint8Array> {
  const tar = pack()
  const packed = buffer(tar.pipe(createGzip()))
  for (const [name, text] of files) tar.entry({ name, mtime: at }, text)
  tar.finalize()
  return packed
}

/** @throws FrozenError FROZEN_FILE_INVALID where it is no such archive, or too large */
export async function unpackFiles(bytes: Uint8Array): Promise<ArchiveFiles> {
  const files = new Map<string, string>()
  let total = 0
  const tar = extract()
  const unzipped = Readable.from([bytes]).pipe(createGunzip())
  unzipped.on('error', (error) => tar.destroy(error))
  unzipped.pipe(tar)
  try {
    for await (const entry of tar) {
      total += entry.header.size ?? 0
      if (total > MOST_BYTES) throw new Error('it is larger than a bundle can be')
      files.set(entry.header.name, (await buffer(entry)).toString('utf8'))
    }
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause)
    throw new FrozenError('FROZEN_FILE_INVALID', `The file is no bundle that can be unpacked (${because})`, { cause })
  }
  return files
}
