import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig
} from '@aws-sdk/client-s3'
import { passingError, backupErrors } from '../errors.ts'
import type { BackupStore } from './backup-store.ts'

/** Where a bucket is, and how to get in. */
export interface S3Location {
  readonly bucket: string
  /** Before every name, without slashes at its ends; empty for none. */
  readonly prefix: string
  /** Of a server that is not Amazon's. */
  readonly endpoint?: string | undefined
  readonly region?: string | undefined
  /** Left out, the client looks where its makers say: environment, profile, role of the machine. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
}

/** The client tries again by itself, with growing waits. */
const ATTEMPTS = 5

/** Backups in an S3-compatible bucket. An object is there whole or not at all. */
export function s3Store(at: S3Location): BackupStore {
  const { bucket, prefix, endpoint, credentials } = at
  const config: S3ClientConfig = {
    region: at.region ?? 'us-east-1',
    maxAttempts: ATTEMPTS,
    // Servers other than Amazon's seldom know the newer trailing checksums; every chunk has its own digest anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials })
  }
  const client = new S3Client(config)
  const location = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`
  const start = prefix === '' ? '' : `${prefix}/`
  const keyOf = (name: string): string => start + name
  const ask = async <T>(what: string, request: () => Promise<T>): Promise<T> => {
    try {
      return await request()
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      throw passingError(
        backupErrors.storeUnavailable,
        `${location} did not let us ${what} (${reason}). Check the bucket, its address and the credentials.`,
        error
      )
    }
  }

  return {
    location,
    put: (name, bytes) =>
      ask(`write ${name}`, async () => {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body: bytes }))
      }),
    get: (name) =>
      ask(`read ${name}`, async () => {
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
          return Buffer.from((await Body?.transformToByteArray()) ?? [])
        } catch (error) {
          if (error instanceof NoSuchKey) return null
          throw error
        }
      }),
    async *list(under) {
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: keyOf(under) })
      const iterator = pages[Symbol.asyncIterator]()
      for (;;) {
        const page = await ask('list it', () => iterator.next())
        if (page.done) return
        for (const { Key, Size } of page.value.Contents ?? []) {
          if (Key !== undefined) yield { name: Key.slice(start.length), size: Size ?? 0 }
        }
      }
    },
    remove: (name) =>
      ask(`remove ${name}`, async () => {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) }))
      }),
    close: () => client.destroy()
  }
}
