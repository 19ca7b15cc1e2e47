import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { ERASED } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { BlobStore, StoredBlob } from './blob-store.ts'
import { cutInto } from './cut-into.ts'
import { fileErased, fileTampered, fileTooLarge, fileUnknown, rangeInvalid } from './errors.ts'
import { FILE_KEY_BYTES, openPiece, sealPiece } from './pieces.ts'

/** What opens a file, sealed as a whole under its person's key: with that key goes every file. */
const Manifest = Type.Object({
  version: Type.Literal(1),
  key: Type.String({ description: 'of this file alone, base64' }),
  pieceBytes: Type.Integer({ minimum: 1 }),
  pieces: Type.Integer({ minimum: 1 }),
  size: Type.Integer({ minimum: 0 })
})
type Manifest = Static<typeof Manifest>

/** Keeps files of persons, sealed piece by piece. */
export interface FileStore {
  /**
   * Stores what comes, holding two pieces in memory at the most. The file is there when this resolves, and not before: what an
   * interruption leaves has no manifest, opens nowhere and is removed by {@link sweepFiles}.
   *
   * @throws PermanentError `FILES_TOO_LARGE`, `KEYRING_KEY_DESTROYED`, and what the content throws
   * @throws TransientError `FILES_UNAVAILABLE`, `KEYRING_UNAVAILABLE`
   */
  write(request: WriteFile): Promise<WrittenFile>
  /**
   * @param keyId the person whose file it is
   * @throws PermanentError `FILES_UNKNOWN`, `FILES_ERASED`, `KEYRING_TAMPERED`
   * @throws TransientError `FILES_UNAVAILABLE`, `KEYRING_UNAVAILABLE`
   */
  open(name: string, keyId: string): Promise<OpenFile>
  /** Removes the manifest first: from then on nobody can read the rest. Also done where there is none any more. */
  remove(name: string): Promise<void>
  /** The files that are there, whole or not, with the time of their newest piece. @param kind as given when they were written */
  list(kind: string): Promise<readonly ListedFile[]>
  /** Whether the store answers. @throws PermanentError `FILES_REFUSED`, TransientError `FILES_UNAVAILABLE` */
  check(): Promise<void>
}

export interface WriteFile {
  /** Of what the files are: `recordings`. */
  readonly kind: string
  /** What the file belongs to; an id that tells nothing of a person. */
  readonly owner: string
  /** The person under whose key it is sealed. */
  readonly keyId: string
  readonly content: AsyncIterable<Uint8Array>
  /** More is refused. */
  readonly maxBytes: number
}

export interface WrittenFile {
  /** `<kind>/<owner>/<random>`: two attempts at one file never meet. */
  readonly name: string
  readonly size: number
  /** SHA-256 (hex) over the sealed pieces in their order. */
  readonly digest: string
}

export interface OpenFile {
  readonly size: number
  /**
   * The bytes from `start` to `end`, both included; a piece is read and opened when it is asked for.
   *
   * @throws RangeError where they are not all in the file; PermanentError `FILES_TAMPERED`
   */
  read(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined>
}

export interface ListedFile {
  readonly name: string
  readonly owner: string
  readonly newestAt: Date
}

/** A quarter of a minute of sound as Twilio keeps it in two channels: little to read for a jump, few pieces for an hour. */
export const PIECE_BYTES = 512 * 1024

/** Files in a store of blobs. */
export function createFileStore(
  blobs: BlobStore,
  keyring: Pick<Keyring, 'sealBytes' | 'openBytes'>,
  pieceBytes = PIECE_BYTES
): FileStore {
  return {
    async write({ kind, owner, keyId, content, maxBytes }) {
      const name = `${kind}/${owner}/${randomUUID()}`
      const key = randomBytes(FILE_KEY_BYTES)
      const digest = createHash('sha256')
      let pieces = 0
      let size = 0
      try {
        for await (const { bytes, last } of cutInto(limited(content, maxBytes), pieceBytes)) {
          const sealed = sealPiece(key, bytes, { file: name, index: pieces, last })
          digest.update(sealed)
          await blobs.put(pieceName(name, pieces), sealed)
          size += bytes.length
          pieces += 1
        }
        const manifest: Manifest = { version: 1, key: key.toString('base64'), pieceBytes, pieces, size }
        const sealed = await keyring.sealBytes(keyId, Buffer.from(JSON.stringify(manifest)), contextOf(name))
        await blobs.put(manifestName(name), Buffer.from(`${pieces} ${sealed}`))
      } catch (error) {
        // What cannot be removed now is swept later; the first error is the one that counts.
        for (let index = 0; index < pieces; index += 1)
          await blobs.remove(pieceName(name, index)).catch(() => undefined)
        throw error
      }
      return { name, size, digest: digest.digest('hex') }
    },

    async open(name, keyId) {
      const stored = await blobs.get(manifestName(name))
      if (stored === null) throw fileUnknown(name)
      const [, sealed = ''] = Buffer.from(stored).toString('utf8').split(' ')
      const opened = await keyring.openBytes(keyId, sealed, contextOf(name))
      if (opened === ERASED) throw fileErased(name)
      const manifest = Value.Parse(Manifest, JSON.parse(Buffer.from(opened).toString('utf8')))
      return { size: manifest.size, read: (start, end) => readPieces(blobs, name, manifest, start, end) }
    },

    async remove(name) {
      const stored = await blobs.get(manifestName(name))
      if (stored === null) {
        for await (const piece of blobs.list(`${name}/`)) await blobs.remove(piece.name)
        return
      }
      await blobs.remove(manifestName(name))
      const pieces = Number.parseInt(Buffer.from(stored).toString('utf8'), 10)
      for (let index = 0; index < pieces; index += 1) await blobs.remove(pieceName(name, index))
    },

    async list(kind) {
      const files = new Map<string, ListedFile>()
      for await (const blob of blobs.list(`${kind}/`)) {
        const file = fileOf(blob)
        const known = file && files.get(file.name)
        if (file && (!known || known.newestAt < file.newestAt)) files.set(file.name, file)
      }
      return [...files.values()]
    },

    async check() {
      // Nothing is kept there.
      await blobs.list('check/')[Symbol.asyncIterator]().next()
    }
  }
}

async function* readPieces(
  blobs: BlobStore,
  file: string,
  { key, pieceBytes, pieces, size }: Manifest,
  start: number,
  end: number
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!(start >= 0 && start <= end && end < size)) throw rangeInvalid(start, end, size)
  const bytes = Buffer.from(key, 'base64')
  for (let index = Math.floor(start / pieceBytes); index * pieceBytes <= end; index += 1) {
    const last = index === pieces - 1
    const sealed = await blobs.get(pieceName(file, index))
    const plain = sealed && openPiece(bytes, sealed, { file, index, last })
    const from = index * pieceBytes
    if (!plain || plain.length !== (last ? size - from : pieceBytes)) throw fileTampered(file, index)
    yield plain.subarray(Math.max(0, start - from), end - from + 1)
  }
}

async function* limited(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const bytes of content) {
    size += bytes.length
    if (size > maxBytes) throw fileTooLarge(maxBytes)
    yield bytes
  }
}

/** How many pieces there are, in clear so that they can be removed without a key, then the sealed {@link Manifest}. */
function manifestName(file: string): string {
  return `${file}/manifest`
}

function pieceName(file: string, index: number): string {
  return `${file}/${String(index).padStart(8, '0')}`
}

/** `<kind>/<owner>/<random>/<piece>`; null for what this did not write. */
function fileOf({ name, storedAt }: StoredBlob): ListedFile | null {
  const [kind, owner, attempt, piece, ...more] = name.split('/')
  if (!kind || !owner || !attempt || !piece || more.length > 0) return null
  return { name: `${kind}/${owner}/${attempt}`, owner, newestAt: storedAt }
}

function contextOf(name: string): string {
  return `file/${name}`
}
