import type { FileStore } from './file-store.ts'

/** Whoever stores a file records it within minutes; after this long nobody will. */
const ORPHAN_AFTER_MS = 24 * 3_600_000

/**
 * Removes files that nothing names: what an interruption left before it was recorded.
 *
 * @param isNamed whether a record names the file, by its owner
 * @returns how many were removed
 */
export async function sweepFiles(
  files: Pick<FileStore, 'list' | 'remove'>,
  kind: string,
  now: Date,
  isNamed: (file: { readonly name: string; readonly owner: string }) => Promise<boolean>
): Promise<number> {
  let removed = 0
  for (const file of await files.list(kind)) {
    if (now.getTime() - file.newestAt.getTime() < ORPHAN_AFTER_MS) continue
    if (await isNamed(file)) continue
    await files.remove(file.name)
    removed += 1
  }
  return removed
}
