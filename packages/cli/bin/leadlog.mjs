#!/usr/bin/env node
// Plain JavaScript that runs on Node 18: brings Node 24 and the dependencies where they are missing, then hands over.
import { existsSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const PROGRAM = path.join(HERE, '../src/main.ts')
const BOOTSTRAP = path.join(HERE, '../../../infra/local/bootstrap')

/** The one import that differs from machine to machine: an image has Node 24 and no bootstrap. */
const bring = (name) => import(new URL(`file://${path.join(BOOTSTRAP, name)}`))

async function main() {
  if (!existsSync(BOOTSTRAP)) return import(PROGRAM)
  const { ensureNode } = await bring('node.mjs')
  const { ensureDependencies } = await bring('dependencies.mjs')
  const { runsLeadlog } = await bring('versions.mjs')
  const node = await ensureNode()
  await ensureDependencies(node)
  if (runsLeadlog(process.version)) {
    const { CACHE } = await bring('paths.mjs')
    module.enableCompileCache?.(path.join(CACHE, 'compiled'))
    return import(PROGRAM)
  }
  const { runProgram } = await bring('run-program.mjs')
  process.exitCode = await runProgram(node, PROGRAM, process.argv.slice(2), { guarded: false })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`leadlog: ${error.name === 'SetupError' ? error.message : error.stack}\n`)
  process.exitCode = 1
}
