import path from 'node:path'
import { run } from './command.mjs'
import { ensureNpmPackage } from './npm-package.mjs'
import { CACHE } from './paths.mjs'
import { NODE_VERSION, runsLeadlog } from './versions.mjs'

/** The path of a Node 24: the running one if it is, else one fetched into the cache. */
export async function ensureNode() {
  if (runsLeadlog(process.version)) return process.execPath
  const target = path.join(CACHE, 'node', NODE_VERSION)
  await ensureNpmPackage({
    name: `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    version: NODE_VERSION,
    target,
    check: async (folder) => {
      const version = (await run(binaryIn(folder), ['--version'])).trim()
      if (version !== `v${NODE_VERSION}`) throw new Error(`the package's binary says it is ${version}`)
    }
  })
  return binaryIn(target)
}

function binaryIn(folder) {
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}
