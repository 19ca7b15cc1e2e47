import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { FileSettings } from './config.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { jetStreamBlobs } from './jetstream-blobs.ts'
import { s3Blobs } from './s3-blobs.ts'

/** The store of files that the settings name. Nothing is reached before the first use. */
export function openFileStore(options: {
  readonly settings: FileSettings
  readonly log: Pick<EventLog, 'connection' | 'naming'>
  readonly keyring: Pick<Keyring, 'sealBytes' | 'openBytes'>
  readonly replicas: number
}): FileStore {
  const { settings, log, keyring, replicas } = options
  const { filesS3Url: url, filesS3AccessKeyId: accessKeyId, filesS3SecretAccessKey: secretAccessKey } = settings
  const bucket =
    settings.fileStore === 's3' && url !== undefined && accessKeyId !== undefined && secretAccessKey !== undefined
      ? s3Blobs({ url, region: settings.filesS3Region, accessKeyId, secretAccessKey })
      : jetStreamBlobs(log, replicas)
  return createFileStore(bucket, keyring)
}
