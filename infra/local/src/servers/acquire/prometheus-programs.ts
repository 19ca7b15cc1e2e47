import { existsSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '../../../bootstrap/lock.mjs'
import { LocalSetupError } from '../../errors.ts'
import { notice } from '../../notice.ts'
import { CACHE } from '../../paths.ts'
import { readAptMachine } from './apt-machine.ts'
import { fetchAptPackage } from './apt-packages.ts'
import { inUnpacked, onPath, type Program } from './program.ts'

/** Programs of the Prometheus project by the Debian package that has them. */
const PACKAGES = { prometheus: 'prometheus', promtool: 'prometheus', amtool: 'prometheus-alertmanager' } as const

export type PrometheusProgram = keyof typeof PACKAGES

/**
 * Prometheus, or one of the tools that check its files: from the path, else from the cache, else from this machine's
 * package archive.
 *
 * @throws LocalSetupError `LOCAL_PROMETHEUS_MISSING` that says what to install
 */
export async function findPrometheusProgram(name: PrometheusProgram): Promise<Program> {
  const installed = onPath(name)
  if (installed !== undefined) return { command: installed }
  const packageName = PACKAGES[name]
  const unpacked = path.join(CACHE, 'servers', packageName)
  return (
    inUnpacked(unpacked, name) ??
    withLock(path.join(CACHE, 'locks'), packageName, async () => {
      if (!existsSync(unpacked)) await fetchFromApt(name, unpacked)
      const program = inUnpacked(unpacked, name)
      if (program === undefined) throw missing(name, `the package ${packageName} has no ${name}`)
      return program
    })
  )
}

async function fetchFromApt(name: PrometheusProgram, target: string): Promise<void> {
  const machine = readAptMachine()
  if (machine === undefined) throw missing(name, 'this machine has no apt')
  notice(`fetching ${PACKAGES[name]} from this machine's package archive`)
  const sources = machine.sources.filter((source) =>
    source.components.some((part) => part === 'main' || part === 'universe')
  )
  const problem = await fetchAptPackage({ sources, name: PACKAGES[name], dependencies: false, target })
  if (problem !== undefined) throw missing(name, problem)
}

function missing(name: PrometheusProgram, reason: string): LocalSetupError {
  return new LocalSetupError(
    'LOCAL_PROMETHEUS_MISSING',
    `${name} could not be found or fetched (${reason}).\nInstall Prometheus and its Alertmanager so that prometheus, ` +
      `promtool and amtool are on the path (Debian and Ubuntu: prometheus and prometheus-alertmanager).`
  )
}
