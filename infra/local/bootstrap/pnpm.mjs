import { readFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './command.mjs'
import { ensureNpmPackage } from './npm-package.mjs'
import { CACHE, ROOT } from './paths.mjs'

/** The path of the pnpm script at the version that the root package.json names. */
export async function ensurePnpm(node) {
  const { packageManager } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
  const version = packageManager.replace(/^pnpm@/, '').replace(/\+.*$/, '')
  const target = path.join(CACHE, 'pnpm', version)
  await ensureNpmPackage({
    name: 'pnpm',
    version,
    target,
    check: async (folder) => {
      await run(node, [scriptIn(folder), '--version'], { cwd: folder })
    }
  })
  return scriptIn(target)
}

function scriptIn(folder) {
  return path.join(folder, 'bin', 'pnpm.cjs')
}
