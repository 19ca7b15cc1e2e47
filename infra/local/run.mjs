#!/usr/bin/env node
// Plain JavaScript that runs on Node 18 with nothing installed: it brings Node 24, pnpm and the
// dependencies, then hands over to TypeScript.
import path from 'node:path'
import { ensureDependencies } from './bootstrap/dependencies.mjs'
import { ensureNode } from './bootstrap/node.mjs'
import { ROOT } from './bootstrap/paths.mjs'
import { runProgram } from './bootstrap/run-program.mjs'
import { say } from './bootstrap/say.mjs'

const USAGE = `usage: node infra/local/run.mjs start [options]   the whole system on this machine
       node infra/local/run.mjs test [options]    every check and test
       node infra/local/run.mjs exec <file> [...] one TypeScript file under the same Node`

const PROGRAMS = {
  start: path.join(ROOT, 'infra/local/src/start.ts'),
  test: path.join(ROOT, 'infra/local/src/test.ts')
}

async function main([verb, ...rest]) {
  const program = verb === 'exec' ? rest.shift() : PROGRAMS[verb]
  if (program === undefined) {
    process.stderr.write(`${USAGE}\n`)
    return 2
  }
  const node = await ensureNode()
  await ensureDependencies(node)
  return runProgram(node, path.resolve(program), rest, { guarded: verb !== 'exec' })
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  say(error.name === 'SetupError' ? error.message : error.stack)
  process.exitCode = 1
}
