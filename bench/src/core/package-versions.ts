import { readFileSync } from 'node:fs'
import path from 'node:path'

/** `bullmq 6.7.0`: a dependency of this folder with its version. */
export function packageVersion(name: string): string {
  const file = path.join(import.meta.dirname, '../../node_modules', name, 'package.json')
  return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`
}
