import { existsSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '../../../bootstrap/lock.mjs'
import { notice } from '../../notice.ts'
import { CACHE } from '../../paths.ts'
import { runCommand } from '../../processes/run-command.ts'
import { readAptMachine } from './apt-machine.ts'
import { fetchAptPackage } from './apt-packages.ts'
import { dockerAnswers } from './docker.ts'
import { inUnpacked, onPath, type Program } from './program.ts'

const UNPACKED = path.join(CACHE, 'servers', 'redis')

/** Both speak the same protocol; either will do. */
const PROGRAMS = ['redis-server', 'valkey-server']

export type RedisSource = { kind: 'program'; program: Program } | { kind: 'docker' } | { kind: 'none'; reason: string }

let found: Promise<RedisSource> | undefined

/** The Redis or Valkey of this machine: path, cache, Docker, apt, in this order; there may be none. */
export function findRedis(): Promise<RedisSource> {
  found ??= search()
  return found
}

async function search(): Promise<RedisSource> {
  for (const command of PROGRAMS.flatMap((name) => onPath(name) ?? [])) {
    if (await runs({ command })) return { kind: 'program', program: { command } }
  }
  const cached = inUnpacked(UNPACKED, 'redis-server')
  if (cached !== undefined && (await runs(cached))) return { kind: 'program', program: cached }
  if (await dockerAnswers()) return { kind: 'docker' }
  return fetchFromApt()
}

async function fetchFromApt(): Promise<RedisSource> {
  const machine = readAptMachine()
  if (machine === undefined) return { kind: 'none', reason: 'this machine has no apt' }
  return withLock<RedisSource>(path.join(CACHE, 'locks'), 'redis', async () => {
    if (!existsSync(UNPACKED)) {
      notice("fetching redis-server from this machine's package archive")
      const sources = machine.sources.filter((source) => source.components.includes('main'))
      const problem = await fetchAptPackage({ sources, name: 'redis-server', dependencies: true, target: UNPACKED })
      if (problem !== undefined) return { kind: 'none', reason: problem }
    }
    const program = inUnpacked(UNPACKED, 'redis-server')
    if (program === undefined || !(await runs(program)))
      return { kind: 'none', reason: 'the package does not run here' }
    return { kind: 'program', program }
  })
}

async function runs(program: Program): Promise<boolean> {
  const result = await runCommand(program.command, ['--version'], { env: { ...process.env, ...program.env } })
  return result.ok
}
