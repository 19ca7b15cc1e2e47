import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import { createFileStore, type FileStore } from './file-store.ts'
import { personKeys } from './fixtures/person-keys.ts'
import { memoryBlobs } from './memory-blobs.ts'
import { sweepFiles } from './sweep-files.ts'

const PIECE = 16
const ADA = 'a'.repeat(32)

function place(pieceBytes = PIECE) {
  const blobs = memoryBlobs(() => new Date('2026-11-30T10:00:00Z'))
  const keys = personKeys()
  return { blobs, keys, files: createFileStore(blobs, keys, pieceBytes) }
}

async function* inParts(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to)
    from = to
  }
}

function write(files: FileStore, content: AsyncIterable<Uint8Array>, maxBytes = 10_000) {
  return files.write({ kind: 'recordings', owner: 'r1', keyId: ADA, content, maxBytes })
}

async function readAll(files: FileStore, name: string, start?: number, end?: number): Promise<Buffer> {
  const file = await files.open(name, ADA)
  const parts: Uint8Array[] = []
  for await (const part of file.read(start ?? 0, end ?? file.size - 1)) parts.push(part)
  return Buffer.concat(parts)
}

const content = fc.uint8Array({ minLength: 1, maxLength: 4 * PIECE + 3 })

void t.test('however it comes and whichever range is asked for, the bytes are the same', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.array(fc.nat(), { maxLength: 6 }), fc.nat(), fc.nat(), async (bytes, cuts, a, b) => {
      const { files } = place()
      const { name, size } = await write(files, inParts(bytes, cuts))
      const [start, end] = [a % bytes.length, b % bytes.length].sort((one, other) => one - other) as [number, number]
      const range = await readAll(files, name, start, end)
      return size === bytes.length && range.equals(bytes.subarray(start, end + 1))
    })
  )
})

void t.test('a flipped bit anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.nat(), fc.nat(7), async (bytes, where, bit) => {
      const { blobs, files } = place()
      const { name } = await write(files, inParts(bytes, []))
      const pieces = [...blobs.blobs].filter(([piece]) => !piece.endsWith('/manifest'))
      const stored = pieces[where % pieces.length]?.[1].bytes
      if (!stored) return false
      const at = where % stored.length
      stored[at] = (stored[at] ?? 0) ^ (1 << bit)
      return readAll(files, name).then(
        () => false,
        (error: { code?: string }) => error.code === 'FILES_TAMPERED'
      )
    })
  )
})

void t.test('exchanged, missing, foreign and cut off pieces are refused', async (t) => {
  const bytes = Buffer.from(Array.from({ length: 3 * PIECE }, (_, index) => index))
  const change = async (
    tamper: (blobs: ReturnType<typeof memoryBlobs>['blobs'], name: string) => void | Promise<void>
  ) => {
    const { blobs, files } = place()
    const { name } = await write(files, inParts(bytes, []))
    const { name: other } = await write(files, inParts(bytes, []))
    await tamper(blobs.blobs, name)
    const foreign = blobs.blobs.get(`${other}/00000001`)
    return { files, name, foreign, blobs: blobs.blobs }
  }
  const piece = (name: string, index: number) => `${name}/0000000${index}`
  const swapped = await change((blobs, name) => {
    const [first, second] = [blobs.get(piece(name, 0)), blobs.get(piece(name, 1))]
    if (first && second) blobs.set(piece(name, 0), second).set(piece(name, 1), first)
  })
  await t.rejects(readAll(swapped.files, swapped.name), { code: 'FILES_TAMPERED', message: /Piece 0/ })
  const missing = await change((blobs, name) => void blobs.delete(piece(name, 2)))
  await t.rejects(readAll(missing.files, missing.name), { code: 'FILES_TAMPERED', message: /Piece 2/ })
  t.equal((await readAll(missing.files, missing.name, 0, PIECE - 1)).length, PIECE, 'what is there is still read')
  const taken = await change(() => undefined)
  if (taken.foreign) taken.blobs.set(piece(taken.name, 1), taken.foreign)
  await t.rejects(readAll(taken.files, taken.name), { code: 'FILES_TAMPERED', message: /Piece 1/ })
  // The last piece removed, and the one before it in its place: the end is told by the piece itself.
  const cut = await change((blobs, name) => {
    const before = blobs.get(piece(name, 1))
    if (before) blobs.set(piece(name, 2), before)
  })
  await t.rejects(readAll(cut.files, cut.name), { code: 'FILES_TAMPERED', message: /Piece 2/ })
  const shorter = await change((blobs, name) => {
    const manifest = blobs.get(`${name}/manifest`)
    if (!manifest) return
    const text = Buffer.from(manifest.bytes).toString('utf8')
    blobs.set(`${name}/manifest`, {
      ...manifest,
      bytes: Buffer.from(text.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')))
    })
  })
  await t.rejects(readAll(shorter.files, shorter.name), { code: 'KEYRING_TAMPERED' })
})

void t.test('nothing in names or in what is stored tells what it is or whose', async (t) => {
  const { blobs, files } = place(1_024)
  const secret = Buffer.from(`this is ${ADA} speaking`)
  const { name, digest } = await write(files, inParts(secret, []))
  t.match(name, /^recordings\/r1\/[0-9a-f-]{36}$/)
  const all = Buffer.concat([...blobs.blobs].flatMap(([key, { bytes }]) => [Buffer.from(key), bytes]))
  t.notOk(all.includes(secret) || all.includes(ADA) || all.includes('speaking'))
  const sealed = blobs.blobs.get(`${name}/00000000`)?.bytes ?? Buffer.alloc(0)
  t.equal(digest, createHash('sha256').update(sealed).digest('hex'))
})

void t.test('with the key every file is gone, and nothing new is stored under it', async (t) => {
  const { blobs, keys, files } = place()
  const { name } = await write(files, inParts(Buffer.from('hello'), []))
  keys.destroy(ADA)
  await t.rejects(files.open(name, ADA), { code: 'FILES_ERASED' })
  const before = blobs.blobs.size
  await t.rejects(write(files, inParts(Buffer.from('again'), [])), { code: 'KEYRING_KEY_DESTROYED' })
  t.equal(blobs.blobs.size, before, 'what could not be finished is removed')
})

void t.test('a content that breaks off or is too long leaves nothing', async (t) => {
  const { blobs, files } = place()
  const breaking = async function* () {
    yield Buffer.alloc(5 * PIECE)
    throw new Error('the line broke')
  }
  await t.rejects(write(files, breaking()), /the line broke/)
  await t.rejects(write(files, inParts(Buffer.alloc(100), []), 99), { code: 'FILES_TOO_LARGE' })
  t.equal(blobs.blobs.size, 0)
})

void t.test('a removed file is gone, an empty one has no range, an unknown one is named', async (t) => {
  const { blobs, files } = place()
  const { name } = await write(files, inParts(Buffer.alloc(3 * PIECE), []))
  const { name: empty } = await write(files, Readable.from([]))
  t.equal((await files.open(empty, ADA)).size, 0)
  await t.rejects(readAll(files, empty, 0, 0), RangeError)
  await t.rejects(readAll(files, name, 0, 3 * PIECE), RangeError)
  await files.remove(name)
  await files.remove(name)
  await files.remove(empty)
  t.equal(blobs.blobs.size, 0)
  await t.rejects(files.open(name, ADA), { code: 'FILES_UNKNOWN' })
})

void t.test('reading holds one piece at a time', async (t) => {
  const { blobs, files } = place()
  const { name } = await write(files, inParts(Buffer.alloc(64 * PIECE), []))
  let read = 0
  const counting = createFileStore(
    { ...blobs, get: async (piece) => ((read += 1), blobs.get(piece)) },
    { sealBytes: () => Promise.reject(new Error('none')), openBytes: place().keys.openBytes }
  )
  await t.rejects(counting.open(name, ADA), { code: 'FILES_ERASED' }, 'another keyring knows no such key')
  t.equal(read, 1)
  const file = await files.open(name, ADA)
  const reading = file.read(0, file.size - 1)
  const first = await reading.next()
  t.equal(first.value?.length, PIECE)
  blobs.blobs.delete(`${name}/00000001`)
  await t.rejects(reading.next(), { code: 'FILES_TAMPERED' }, 'the second piece is asked for when it is needed')
})

void t.test('what nothing names is swept when it is a day old, whole or not', async (t) => {
  const { blobs, files } = place()
  const kept = await write(files, inParts(Buffer.from('kept'), []))
  const orphan = await write(files, inParts(Buffer.alloc(3 * PIECE), []))
  const half = await write(files, inParts(Buffer.alloc(3 * PIECE), []))
  blobs.blobs.delete(`${half.name}/manifest`)
  const isNamed = async ({ name }: { name: string }) => name === kept.name
  t.equal(await sweepFiles(files, 'recordings', new Date('2026-12-01T09:00:00Z'), isNamed), 0, 'young ones are left')
  t.equal(await sweepFiles(files, 'recordings', new Date('2026-12-01T10:00:00Z'), isNamed), 2)
  t.strictSame(
    [...blobs.blobs.keys()].map((key) => key.replace(/\/[^/]+$/, '')),
    [kept.name, kept.name]
  )
  t.notOk(orphan.name === kept.name)
})
