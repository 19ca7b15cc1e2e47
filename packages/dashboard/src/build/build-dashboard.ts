import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { contentHash } from './content-hash.ts'
import { FIRST_LOAD_LIMIT_BYTES, firstLoadBytes, type BuildManifest } from './first-load.ts'

const PACKAGE = path.resolve(import.meta.dirname, '../..')
const CACHE = path.resolve(PACKAGE, '../../.cache/dashboard')
/** Builds of other states of the sources that are kept, so that going back and forth builds nothing anew. */
const KEPT_BUILDS = 3
const MANIFEST = 'build-manifest.json'
/** Smaller files do not get smaller. */
const COMPRESS_FROM_BYTES = 1_024
const COMPRESSED = /\.(js|css|svg|json)$/

/** A built dashboard. */
export interface BuiltDashboard {
  /** What the gateway's DASHBOARD_DIR names. */
  readonly folder: string
  /** JavaScript of a first visit, compressed, in bytes. */
  readonly firstLoadBytes: number
  /** False where nothing had changed since an earlier build. */
  readonly isNew: boolean
}

/**
 * Builds the dashboard into `.cache/dashboard/<hash of its sources>`, or finds it there. Two at a time build twice and
 * keep one. Whoever is cut off in between leaves nothing that would be taken for a build.
 *
 * @throws Error when a source cannot be built, or the first load is larger than its limit
 */
export async function buildDashboard(): Promise<BuiltDashboard> {
  const folder = path.join(CACHE, contentHash(PACKAGE))
  if (existsSync(path.join(folder, MANIFEST))) {
    utimesSync(folder, new Date(), new Date())
    return { folder, firstLoadBytes: firstLoadBytes(readManifest(folder), folder), isNew: false }
  }
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(path.join(CACHE, '.build-'))
  try {
    const { build } = await import('vite')
    await build({ root: PACKAGE, logLevel: 'warn', build: { outDir: work, emptyOutDir: true } })
    await compress(work)
    const bytes = firstLoadBytes(readManifest(work), work)
    if (bytes > FIRST_LOAD_LIMIT_BYTES) {
      throw new Error(
        `The dashboard's first load is ${kilobytes(bytes)} of compressed JavaScript; at most ` +
          `${kilobytes(FIRST_LOAD_LIMIT_BYTES)} is allowed. Load what is not needed at once with a lazy import.`
      )
    }
    // Made for one user only; who serves it may be another.
    chmodSync(work, 0o755)
    keep(work, folder)
    forgetOldBuilds(folder)
    return { folder, firstLoadBytes: bytes, isNew: true }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`
}

function readManifest(folder: string): BuildManifest {
  return JSON.parse(readFileSync(path.join(folder, MANIFEST), 'utf8')) as BuildManifest
}

async function compress(folder: string): Promise<void> {
  const assets = path.join(folder, 'assets')
  const brotli = promisify(brotliCompress)
  await Promise.all(
    readdirSync(assets)
      .filter((name) => COMPRESSED.test(name))
      .map(async (name) => {
        const content = readFileSync(path.join(assets, name))
        const isScript = name.endsWith('.js')
        if (content.length < COMPRESS_FROM_BYTES && !isScript) return
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
        writeFileSync(path.join(assets, `${name}.br`), await brotli(content, { params }))
      })
  )
}

function keep(work: string, folder: string): void {
  try {
    renameSync(work, folder)
  } catch (error) {
    // Another process was faster; what it built is the same.
    if (!existsSync(path.join(folder, MANIFEST))) throw error
  }
}

function forgetOldBuilds(newest: string): void {
  const others = readdirSync(CACHE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== path.basename(newest))
    .map((entry) => path.join(CACHE, entry.name))
  const modified = (folder: string): number => statSync(folder).mtimeMs
  for (const folder of others.sort((a, b) => modified(b) - modified(a)).slice(KEPT_BUILDS)) {
    rmSync(folder, { recursive: true, force: true })
  }
}
