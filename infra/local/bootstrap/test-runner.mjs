import path from 'node:path'
import { run } from './command.mjs'
import { ROOT } from './paths.mjs'

/**
 * tap compiles its plugin set (see .taprc) into node_modules the first time it runs, and that first
 * run then fails its test files. Compiling it here makes every run alike.
 */
export async function buildTestRunner(node) {
  const tap = path.join(ROOT, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs')
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` }
  await run(node, [tap, 'build'], { cwd: ROOT, env })
}
