import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './command.mjs'
import { withLock } from './lock.mjs'
import { CACHE, ROOT } from './paths.mjs'
import { ensurePnpm } from './pnpm.mjs'
import { SetupError, say } from './say.mjs'
import { buildTestRunner } from './test-runner.mjs'

const STAMP = path.join(ROOT, 'node_modules', '.leadlog-installed')

/** Installs the workspace's dependencies when the lockfile or a package.json changed since the last time. */
export async function ensureDependencies(node) {
  if (installed()) return
  await withLock(path.join(CACHE, 'locks'), 'dependencies', async () => {
    if (installed()) return
    const pnpm = await ensurePnpm(node)
    say('installing dependencies (half a minute the first time)')
    await install(node, pnpm)
    await buildTestRunner(node)
    writeFileSync(STAMP, fingerprint())
  })
}

function installed() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
}

function fingerprint() {
  const hash = createHash('sha256')
  const manifests = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', '.taprc', ...packageManifests()]
  for (const file of manifests) {
    const location = path.join(ROOT, file)
    if (existsSync(location)) hash.update(file).update('\0').update(readFileSync(location)).update('\0')
  }
  return hash.digest('hex')
}

/** The package.json of every folder that pnpm-workspace.yaml lists. */
function packageManifests() {
  const workspace = readFileSync(path.join(ROOT, 'pnpm-workspace.yaml'), 'utf8')
  const list = /^packages:\n((?: +- .*\n)*)/m.exec(workspace)?.[1] ?? ''
  const patterns = [...list.matchAll(/- *['"]?([^'"\s]+)/g)].map((match) => match[1])
  return patterns.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? subfolders(pattern.slice(0, -2)).map((name) => `${pattern.slice(0, -1)}${name}/package.json`)
      : [`${pattern}/package.json`]
  )
}

function subfolders(folder) {
  const location = path.join(ROOT, folder)
  return existsSync(location) ? readdirSync(location).sort() : []
}

async function install(node, pnpm) {
  const args = [
    pnpm,
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
    '--config.confirmModulesPurge=false',
    '--config.updateNotifier=false'
  ]
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` }
  try {
    await run(node, args, { cwd: ROOT, env })
  } catch (error) {
    throw new SetupError(`pnpm could not install the dependencies:\n${error.message}`, { cause: error })
  }
}
