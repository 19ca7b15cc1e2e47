import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TestSystem } from '../system/test-system.ts'

/**
 * Leaves the system up until Ctrl-C (or SIGTERM), where `leadlog` finds it: by `LEADLOG_STATE`, as it finds the system
 * that `npm start` runs.
 */
export async function keepUp(system: TestSystem): Promise<void> {
  const readyFile = path.join(system.folder, 'ready.json')
  const { NATS_URL, DATABASE_URL, REDIS_URL, LEADLOG_API_KEY } = system.environment
  const urls = {
    ...Object.fromEntries(system.services.map(({ name, url }) => [name, url])),
    simulators: system.simulatorsUrl,
    nats: NATS_URL,
    database: DATABASE_URL,
    redis: REDIS_URL
  }
  const { PATH: _path, LOG_LEVEL: _level, ...environment } = system.environment
  const ready = { ready: true, urls, apiKey: LEADLOG_API_KEY, pid: process.pid, environment }
  writeFileSync(readyFile, JSON.stringify(ready, null, 2), { mode: 0o600 })
  console.log(`the system stays up until Ctrl-C; look at it with\n  LEADLOG_STATE=${system.folder} npx leadlog status`)
  await stopRequested()
  rmSync(readyFile, { force: true })
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    // Signals alone do not keep a process from ending.
    const alive = setInterval(() => undefined, 60_000)
    process.once('exit', () => clearInterval(alive))
  })
}
