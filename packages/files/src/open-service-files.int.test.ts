import t from 'tap'
import { createFileStore } from './file-store.ts'
import { personKeys } from './fixtures/person-keys.ts'
import { s3Server, S3_KEY } from './fixtures/s3-server.ts'
import { checkedNowAndThen } from './open-service-files.ts'
import { s3Blobs, type S3Options } from './s3-blobs.ts'

void t.test('a bucket that cannot be used is told of in words, looked at once a minute', async (t) => {
  const server = await s3Server(t)
  const looks = (own: Partial<S3Options> = {}) => {
    const clock = { at: 0 }
    const files = createFileStore(s3Blobs({ url: server.url, ...S3_KEY, ...own }), personKeys())
    return { clock, check: checkedNowAndThen(files, () => clock.at) }
  }
  const { clock, check } = looks()
  t.strictSame(await check(), { ok: true })
  server.fail(404, 'NoSuchBucket')
  clock.at = 59_999
  t.strictSame(await check(), { ok: true }, 'not asked again yet')
  clock.at = 60_000
  t.match(await check(), { ok: true, detail: /refused listing with 404 NoSuchBucket.*Check FILES_S3_URL/ })
  server.fail(503, 'SlowDown')
  clock.at = 120_000
  t.match(await check(), { ok: true, detail: /cannot be reached \(listing\)/ })
  server.fail(null)
  clock.at = 180_000
  t.strictSame(await check(), { ok: true }, 'and found well again')
  t.match(await looks({ secretAccessKey: 'another secret' }).check(), { detail: /403 SignatureDoesNotMatch/ })
  t.match(await looks({ url: 'http://127.0.0.1:9/leadlog-files' }).check(), { detail: /cannot be reached/ })
})

void t.test('a bucket that says nothing keeps nobody waiting', async (t) => {
  const check = checkedNowAndThen({ check: () => new Promise(() => undefined) }, () => 0)
  t.strictSame(await check(), { ok: true, detail: 'The bucket of the files does not answer' })
})
