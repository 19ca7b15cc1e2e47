import { randomBytes } from 'node:crypto'
import { createNaming } from '@leadlog/event-log'
import { testNats } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import t, { type Test } from 'tap'
import type { BlobStore } from './blob-store.ts'
import { createFileStore } from './file-store.ts'
import { personKeys } from './fixtures/person-keys.ts'
import { s3Server, S3_KEY } from './fixtures/s3-server.ts'
import { jetStreamBlobs } from './jetstream-blobs.ts'
import { s3Blobs } from './s3-blobs.ts'

const PIECE = 200_000

async function names(blobs: BlobStore, prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const { name } of blobs.list(prefix)) found.push(name)
  return found.sort()
}

/** What every store must do. */
async function holdsFiles(t: Test, blobs: BlobStore): Promise<void> {
  t.equal(await blobs.get('recordings/r1/none'), null)
  await blobs.remove('recordings/r1/none')
  const files = createFileStore(blobs, personKeys(), PIECE)
  const bytes = randomBytes(2 * PIECE + 12_345)
  const write = (owner: string) =>
    files.write({ kind: 'recordings', owner, keyId: 'ada', content: parts(bytes), maxBytes: 1_000_000 })
  const first = await write('r1')
  const second = await write('r2')
  const file = await files.open(first.name, 'ada')
  t.equal(file.size, bytes.length)
  const read: Uint8Array[] = []
  for await (const part of file.read(PIECE - 10, 2 * PIECE + 10)) read.push(part)
  t.ok(Buffer.concat(read).equals(bytes.subarray(PIECE - 10, 2 * PIECE + 11)))
  t.strictSame((await files.list('recordings')).map(({ owner }) => owner).sort(), ['r1', 'r2'])
  t.strictSame(await files.list('attachments'), [])
  await files.remove(first.name)
  t.strictSame(await names(blobs, `${first.name}/`), [])
  t.equal((await names(blobs, 'recordings/')).length, 4)
  await t.rejects(files.open(first.name, 'ada'), { code: 'FILES_UNKNOWN' })
  t.equal((await files.open(second.name, 'ada')).size, bytes.length)
}

async function* parts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536)
}

void t.test("JetStream's object store holds files, and leaves nothing of removed ones", async (t) => {
  const { url, prefix } = await testNats(t)
  const connection = await connect({ servers: url })
  t.teardown(() => connection.close())
  const naming = createNaming(prefix)
  const blobs = jetStreamBlobs({ connection, naming }, 1)
  await holdsFiles(t, blobs)
  for (const name of await names(blobs, '')) await blobs.remove(name)
  const { state } = await (await jetstreamManager(connection)).streams.info(`OBJ_${naming.bucket('FILES')}`)
  t.equal(state.messages, 0, 'no mark of a name either')
})

void t.test('a bucket that speaks S3 holds files, by signed requests', async (t) => {
  const server = await s3Server(t)
  const blobs = s3Blobs({ url: server.url, ...S3_KEY })
  await holdsFiles(t, blobs)
  const wrong = s3Blobs({ url: server.url, ...S3_KEY, secretAccessKey: 'another secret' })
  await t.rejects(wrong.get('recordings/x'), { code: 'FILES_REFUSED', message: /403/ })
  server.fail(503, 'SlowDown')
  await t.rejects(blobs.get('recordings/x'), { code: 'FILES_UNAVAILABLE' })
  await t.rejects(blobs.put('recordings/x', randomBytes(10)), { code: 'FILES_UNAVAILABLE' })
  server.fail(null)
  const away = s3Blobs({ url: 'http://127.0.0.1:9/leadlog-files', ...S3_KEY })
  await t.rejects(away.put('recordings/x', randomBytes(10)), { code: 'FILES_UNAVAILABLE' })
})
