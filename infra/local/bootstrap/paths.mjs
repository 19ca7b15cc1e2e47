import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

/** What is downloaded once and kept: Node, pnpm, server binaries. Safe to delete. */
export const CACHE = path.join(ROOT, '.cache')
