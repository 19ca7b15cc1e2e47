import { statSync } from 'node:fs'
import path from 'node:path'

/** JavaScript that a first visit may load before it shows something, compressed with brotli. */
export const FIRST_LOAD_LIMIT_BYTES = 250_000

/** What Vite notes of a chunk in its manifest. */
export interface ManifestChunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
}

export type BuildManifest = Readonly<Record<string, ManifestChunk>>

/** Script files that the page loads before anything is shown: its entry and all that the entry imports statically. */
export function firstLoadFiles(manifest: BuildManifest): string[] {
  const files = new Set<string>()
  const add = (name: string): void => {
    const chunk = manifest[name]
    if (chunk === undefined || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) add(imported)
  }
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry === true && name.endsWith('.html')) add(name)
  return [...files].filter((file) => file.endsWith('.js'))
}

/** Bytes of the first load, as they go over the wire. */
export function firstLoadBytes(manifest: BuildManifest, folder: string): number {
  return firstLoadFiles(manifest).reduce((sum, file) => sum + statSync(path.join(folder, `${file}.br`)).size, 0)
}
