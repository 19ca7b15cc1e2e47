import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { run } from './command.mjs'
import { ROOT } from './paths.mjs'

/**
 * tap compiles its plugin set (see .taprc) into node_modules the first time it runs, and that first
 * run then fails its test files. Compiling it here makes every run alike. The stamp lies in the very
 * folder that is compiled, so that it goes when an install replaces it.
 */
export async function buildTestRunner(node) {
  const tap = path.join(ROOT, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs')
  const stamp = path.join(builtFolder(tap), '.leadlog-plugins')
  const plugins = pluginDigest()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === plugins) return
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` }
  await run(node, [tap, 'build'], { cwd: ROOT, env })
  writeFileSync(stamp, plugins)
}

function builtFolder(tap) {
  const manifest = createRequire(realpathSync(tap)).resolve('@tapjs/test/package.json')
  return path.join(path.dirname(manifest), 'test-built')
}

function pluginDigest() {
  const settings = readFileSync(path.join(ROOT, '.taprc'), 'utf8')
  const list = /^plugin:\n(?: +- .*\n)*/m.exec(settings)?.[0] ?? ''
  return createHash('sha256').update(list).digest('hex')
}
