import {
  chmodSync,
  cpSync,
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
import { parseArgs, promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { contentHash } from './content-hash.ts'
import { firstLoadBytes, type BuildManifest } from './first-load.ts'

const CACHE = path.resolve(import.meta.dirname, '../../../../.cache')
/** Builds of other states of the sources that are kept, so that going back and forth builds nothing anew. */
const KEPT_BUILDS = 3
const MANIFEST = 'build-manifest.json'
/** Smaller files do not get smaller. */
const COMPRESS_FROM_BYTES = 1_024
const COMPRESSED = /\.(js|css|svg|json)$/

/** Pages that Vite builds and the gateway serves. */
export interface Pages {
  /** Of their folder in `.cache`. */
  readonly name: string
  /** Of their package. */
  readonly folder: string
  /** Globs, from that folder, of further files that they are made of. */
  readonly shared: readonly string[]
  /** Compressed JavaScript that a first visit may load, in bytes. */
  readonly firstLoadLimit: number
}

/** Pages that were built. */
export interface BuiltPages {
  /** What the gateway serves. */
  readonly folder: string
  /** JavaScript of a first visit, compressed, in bytes. */
  readonly firstLoadBytes: number
  readonly firstLoadLimit: number
  /** False where nothing had changed since an earlier build. */
  readonly isNew: boolean
}

/**
 * Builds the pages into `.cache/<name>/<hash of their sources>`, or finds them there. Two at a time build twice and keep
 * one. Whoever is cut off in between leaves nothing that would be taken for a build.
 *
 * @throws Error when a source cannot be built, or the first load is larger than its limit
 */
export async function buildPages({ name, folder: root, shared, firstLoadLimit }: Pages): Promise<BuiltPages> {
  const cache = path.join(CACHE, name)
  const folder = path.join(cache, contentHash(root, shared))
  if (existsSync(path.join(folder, MANIFEST))) {
    utimesSync(folder, new Date(), new Date())
    return { folder, firstLoadBytes: firstLoadBytes(readManifest(folder), folder), firstLoadLimit, isNew: false }
  }
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(path.join(cache, '.build-'))
  try {
    const { build } = await import('vite')
    await build({ root, logLevel: 'warn', build: { outDir: work, emptyOutDir: true } })
    await compress(work)
    const bytes = firstLoadBytes(readManifest(work), work)
    if (bytes > firstLoadLimit) {
      throw new Error(
        `The first load of ${name} is ${kilobytes(bytes)} of compressed JavaScript; at most ` +
          `${kilobytes(firstLoadLimit)} is allowed. Load what is not needed at once with a lazy import.`
      )
    }
    // Made for one user only; who serves it may be another.
    chmodSync(work, 0o755)
    keep(work, folder)
    forgetOldBuilds(cache, folder)
    return { folder, firstLoadBytes: bytes, firstLoadLimit, isNew: true }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Builds for whoever runs it by hand: says how it went, and with `--out <folder>` puts a copy there. */
export async function tellBuild(build: () => Promise<BuiltPages>): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const began = performance.now()
  const built = await build()
  if (values.out !== undefined) cpSync(built.folder, values.out, { recursive: true })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(
    `${built.isNew ? `built in ${seconds} s` : 'nothing changed'}: ${values.out ?? built.folder}\n` +
      `first load: ${kilobytes(built.firstLoadBytes)} of compressed JavaScript, at most ${kilobytes(built.firstLoadLimit)}\n`
  )
}

function kilobytes(bytes: number): string {
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

function forgetOldBuilds(cache: string, newest: string): void {
  const others = readdirSync(cache, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== path.basename(newest))
    .map((entry) => path.join(cache, entry.name))
  const modified = (folder: string): number => statSync(folder).mtimeMs
  for (const folder of others.sort((a, b) => modified(b) - modified(a)).slice(KEPT_BUILDS)) {
    rmSync(folder, { recursive: true, force: true })
  }
}
