export type { BlobStore, StoredBlob } from './blob-store.ts'
export { checkFiles, fileConfig, type FileSettings } from './config.ts'
export {
  createFileStore,
  PIECE_BYTES,
  type FileStore,
  type ListedFile,
  type OpenFile,
  type WriteFile,
  type WrittenFile
} from './file-store.ts'
export { jetStreamBlobs } from './jetstream-blobs.ts'
export { memoryBlobs } from './memory-blobs.ts'
export { openFileStore } from './open-file-store.ts'
export { openServiceFiles } from './open-service-files.ts'
export { s3Blobs, type S3Options } from './s3-blobs.ts'
export { sweepFiles } from './sweep-files.ts'
