import { existsSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '../../../bootstrap/lock.mjs'
import { LocalSetupError } from '../../errors.ts'
import { notice } from '../../notice.ts'
import { CACHE } from '../../paths.ts'
import { runCommand } from '../../processes/run-command.ts'
import { readAptMachine } from './apt-machine.ts'
import { fetchAptPackage } from './apt-packages.ts'
import { withSuite } from './apt-sources.ts'
import { dockerAnswers } from './docker.ts'
import { inUnpacked, onPath, type Program } from './program.ts'

/** Atomic batches, direct batch get, schedules and `sync_interval: always` came with this version. */
const OLDEST_NATS = [2, 12] as const

const UNPACKED = path.join(CACHE, 'servers', 'nats')

/** Either a program, or the word that a container must be used. */
export type NatsSource = { kind: 'program'; program: Program } | { kind: 'docker' }

let found: Promise<NatsSource> | undefined

/** The NATS server of this machine: path, cache, Docker, apt, in this order. Looked for once per process. */
export function findNats(): Promise<NatsSource> {
  found ??= search()
  return found
}

/** The version that `nats-server --version` prints, as numbers. */
export function parseNatsVersion(output: string): [number, number] | undefined {
  const match = /v(\d+)\.(\d+)\./.exec(output)
  return match === null ? undefined : [Number(match[1]), Number(match[2])]
}

async function search(): Promise<NatsSource> {
  const installed = onPath('nats-server')
  if (installed !== undefined) {
    if (await isNewEnough({ command: installed })) return { kind: 'program', program: { command: installed } }
    notice(`${installed} is older than ${OLDEST_NATS.join('.')} and is left aside`)
  }
  const cached = inUnpacked(UNPACKED, 'nats-server')
  if (cached !== undefined && (await isNewEnough(cached))) return { kind: 'program', program: cached }
  if (await dockerAnswers()) return { kind: 'docker' }
  return { kind: 'program', program: await fetchFromApt() }
}

async function fetchFromApt(): Promise<Program> {
  const machine = readAptMachine()
  if (machine === undefined) throw missing('this machine has no apt')
  return withLock(path.join(CACHE, 'locks'), 'nats', async () => {
    if (!existsSync(UNPACKED)) {
      notice(`fetching nats-server from this machine's package archive (${machine.newestSuite})`)
      const sources = withSuite(machine.sources, machine.ownSuites, machine.newestSuite)
      const problem = await fetchAptPackage({ sources, name: 'nats-server', dependencies: false, target: UNPACKED })
      if (problem !== undefined) throw missing(problem)
    }
    const program = inUnpacked(UNPACKED, 'nats-server')
    if (program === undefined || !(await isNewEnough(program))) {
      throw missing('the package archive has no version that is new enough and runs here')
    }
    return program
  })
}

async function isNewEnough(program: Program): Promise<boolean> {
  const result = await runCommand(program.command, ['--version'])
  const version = parseNatsVersion(result.stdout)
  if (version === undefined) return false
  const [major, minor] = version
  return major > OLDEST_NATS[0] || (major === OLDEST_NATS[0] && minor >= OLDEST_NATS[1])
}

function missing(reason: string): LocalSetupError {
  return new LocalSetupError(
    'LOCAL_NATS_MISSING',
    `no NATS server could be found or fetched (${reason}).\n` +
      `Install nats-server ${OLDEST_NATS.join('.')} or newer so that it is on the path, or start Docker, ` +
      'or set NATS_URL to a server that runs with JetStream (docker-compose.yml has one).'
  )
}
