import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const SOURCES = [
  'package.json',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  '{src,public}/**/*',
  // What the browser shares with the services.
  '../call-flow/{package.json,src/**/*}',
  '../invoicing/{package.json,src/**/*}',
  '../contracts/src/{scalars.ts,telephony/*}',
  // What the packages are, and how TypeScript is read, stands at the root of the repository.
  '../../pnpm-lock.yaml',
  '../../tsconfig.base.json'
]

/**
 * A hash of everything that built pages are made of, test files apart: the same hash, the same pages.
 *
 * @param shared globs, from the package's folder, of what they are made of besides
 */
export function contentHash(packageFolder: string, shared: readonly string[] = []): string {
  const hash = createHash('sha256')
  const files = globSync([...SOURCES, ...shared], { cwd: packageFolder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.relative(packageFolder, path.join(entry.parentPath, entry.name)))
    .sort()
  for (const file of files) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(packageFolder, file)))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}
