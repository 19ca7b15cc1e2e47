import { S3mini, S3ServiceError } from 's3mini'
import type { BlobStore } from './blob-store.ts'
import { storeRefused, storeUnavailable } from './errors.ts'

export interface S3Options {
  /** With the bucket: `https://s3.eu-central-1.amazonaws.com/leadlog-files`. */
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** A piece is half a megabyte: longer than this, and nobody listens any more. */
const TIMEOUT_MS = 30_000

/** Statuses that pass by themselves; others are about the settings. */
const PASSING = new Set([408, 429])

/** Blobs in a bucket of anything that speaks S3. The bucket must be there. */
export function s3Blobs(options: S3Options): BlobStore {
  const s3 = new S3mini({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    endpoint: options.url,
    region: options.region,
    requestAbortTimeout: TIMEOUT_MS
  })
  return {
    put: (name, bytes) =>
      reach(`storing ${name}`, async () => {
        const response = await s3.putObject(name, bytes, 'application/octet-stream')
        await response.body?.cancel()
      }),
    get: (name) =>
      reach(`reading ${name}`, async () => {
        const bytes = await s3.getObjectArrayBuffer(name)
        return bytes === null ? null : new Uint8Array(bytes)
      }),
    remove: (name) =>
      reach(`removing ${name}`, async () => {
        await s3.deleteObject(name)
      }),
    async *list(prefix) {
      let next: string | undefined
      do {
        const page = await reach('listing', () => s3.listObjectsPaged('/', prefix, PAGE, next))
        // What the library makes of a bucket that is not there.
        if (!page) throw storeRefused('listing', 404, 'NoSuchBucket')
        for (const { Key, Size, LastModified } of page.objects ?? []) {
          yield { name: Key, bytes: Number(Size), storedAt: new Date(LastModified) }
        }
        next = page.nextContinuationToken
      } while (next !== undefined)
    },
    close: () => Promise.resolve()
  }
}

/** S3's own most. */
const PAGE = 1_000

async function reach<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof S3ServiceError && error.status < 500 && !PASSING.has(error.status)) {
      throw storeRefused(what, error.status, error.serviceCode ?? '')
    }
    throw storeUnavailable(what, error)
  }
}
