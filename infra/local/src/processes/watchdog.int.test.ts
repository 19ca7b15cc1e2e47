import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'

/** Notes its name when asked to stop; the stubborn one does not end by itself. */
const CHILD = `
import { appendFileSync } from 'node:fs'
const [name, stubborn] = process.argv.slice(2)
process.on('SIGTERM', () => {
  appendFileSync('stopped.txt', name + '\\n')
  if (stubborn === undefined) process.exit(0)
})
setInterval(() => undefined, 1000)
appendFileSync('started.txt', name + '\\n')
`

const PARENT = `
import path from 'node:path'
import { spawnChild } from '${path.resolve(import.meta.dirname, 'child.ts')}'
import { guardFile } from '${path.resolve(import.meta.dirname, 'watchdog.ts')}'
const child = (name, stage) =>
  spawnChild({ command: process.execPath, args: ['child.mjs', name], logFile: 'log', stopSignal: 'SIGTERM', stage })
guardFile(path.resolve('ready file.json'))
const gone = await child('gone', 3)
await gone.kill('SIGKILL')
const all = await Promise.all([child('server', 1), child('simulator', 2), child('service', 3)])
console.log(JSON.stringify(all.map((each) => each.pid)))
setInterval(() => undefined, 1000)
`

function isAlive(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function lines(file: string, count: number): Promise<string[]> {
  for (;;) {
    const text = await Promise.resolve()
      .then(() => readFileSync(file, 'utf8'))
      .catch(() => '')
    const all = text.split('\n').filter(Boolean)
    if (all.length >= count) return all
    await delay(20)
  }
}

void t.test('children end in order after their parent was killed', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-watchdog-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'child.mjs'), CHILD)
  writeFileSync(path.join(folder, 'parent.mjs'), PARENT)
  writeFileSync(path.join(folder, 'ready file.json'), '{}')
  const parent = spawn(process.execPath, ['parent.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const [chunk] = (await once(parent.stdout, 'data')) as [Buffer]
  const pids = JSON.parse(chunk.toString()) as number[]
  await lines(path.join(folder, 'started.txt'), 3)
  t.same(pids.filter(isAlive), pids)
  parent.kill('SIGKILL')
  t.same(await lines(path.join(folder, 'stopped.txt'), 3), ['service', 'simulator', 'server'])
  while (pids.some(isAlive)) await delay(20)
  t.notOk(existsSync(path.join(folder, 'ready file.json')))
})
