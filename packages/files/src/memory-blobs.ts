import type { BlobStore } from './blob-store.ts'

/** Blobs in memory, for tests and for trying. */
export function memoryBlobs(clock: () => Date = () => new Date()): BlobStore & {
  readonly blobs: Map<string, { readonly bytes: Uint8Array; readonly storedAt: Date }>
} {
  const blobs = new Map<string, { bytes: Uint8Array; storedAt: Date }>()
  return {
    blobs,
    async put(name, bytes) {
      blobs.set(name, { bytes: Uint8Array.from(bytes), storedAt: clock() })
    },
    get: async (name) => blobs.get(name)?.bytes ?? null,
    async remove(name) {
      blobs.delete(name)
    },
    async *list(prefix) {
      for (const [name, { bytes, storedAt }] of [...blobs]) {
        if (name.startsWith(prefix)) yield { name, bytes: bytes.length, storedAt }
      }
    },
    close: () => Promise.resolve()
  }
}
