import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { notice } from '../notice.ts'
import { guardFile } from '../processes/watchdog.ts'
import { services, simulatedMail, simulators, type ServiceSpec } from '../services.ts'
import { dashboardEnvironment } from './dashboard.ts'
import { diskFull } from './disk-full.ts'
import { settingsForOperators, systemEnvironment } from './environment.ts'
import type { KeptProgram } from './keep-running.ts'
import { setLogsAside, type Layout } from './layout.ts'
import { serverPortsNeeded, startServers, type LocalServers } from './local-servers.ts'
import { keepLocalSecrets } from './local-secrets.ts'
import type { StartOptions } from './options.ts'
import { portFrom } from './ports.ts'
import { writePrivateJson } from './private-file.ts'
import { placeMark, removeMark, requirePorts } from './running-mark.ts'
import { isPresent, startServiceProcess, type ServiceProcess } from './service-process.ts'

export interface LocalSystem {
  /** Base address of every program by its name; of NATS, PostgreSQL and Redis too. */
  readonly urls: Readonly<Record<string, string>>
  readonly apiKey: string
  /** What the programs were started with. */
  readonly environment: NodeJS.ProcessEnv
  /** The process id of a program or server at this moment, to be killed as a crash would; it is started again. */
  pid(name: string): number | undefined
  /** Services first, then simulators, then servers. */
  stop(): Promise<void>
}

/**
 * Starts everything and resolves when all of it answers; what was started is stopped again when something fails.
 *
 * @throws LocalSetupError for what a person can solve
 */
export async function startSystem(
  layout: Layout,
  given: NodeJS.ProcessEnv,
  options: StartOptions,
  stopped: AbortSignal
): Promise<LocalSystem> {
  try {
    return await startParts(layout, given, options, stopped)
  } catch (error) {
    throw diskFull(error, layout.state) ?? error
  }
}

async function startParts(
  layout: Layout,
  given: NodeJS.ProcessEnv,
  options: StartOptions,
  stopped: AbortSignal
): Promise<LocalSystem> {
  const programs = chosenPrograms(layout, options)
  await requirePorts(layout.state, [
    ...serverPortsNeeded(given, options),
    ...[...programs, ...(programs.includes(simulators) ? [simulatedMail] : [])].map((service) => ({
      what: service.name,
      port: portFrom(given, service),
      variable: service.variable
    }))
  ])
  if (options.fresh) rmSync(layout.state, { recursive: true, force: true })
  mkdirSync(layout.state, { recursive: true, mode: 0o711 })
  placeMark(layout.state)
  setLogsAside(layout)
  const readyFile = path.join(layout.state, 'ready.json')
  rmSync(readyFile, { force: true })

  const running: { servers?: LocalServers; simulators?: ServiceProcess; services: ServiceProcess[] } = { services: [] }
  const stop = async (): Promise<void> => {
    rmSync(readyFile, { force: true })
    await Promise.all(running.services.map((service) => service.stop()))
    await running.simulators?.stop()
    await running.servers?.stop()
    removeMark(layout.state)
  }
  try {
    const secrets = keepLocalSecrets(layout.state)
    const gatewayUrl = urlOf('gateway', programs, given)
    const ingestUrl = urlOf('ingest', programs, given)
    const telephonyUrl = urlOf('telephony', programs, given)
    const meetingsUrl = urlOf('meetings', programs, given)
    const billingUrl = urlOf('billing', programs, given)
    const dashboard = gatewayUrl === undefined ? Promise.resolve({}) : dashboardEnvironment(layout, given)
    // Awaited when the servers are up; until then its failure is nobody's.
    dashboard.catch(() => undefined)
    running.servers = await startServers(layout, given, options)
    stopped.throwIfAborted()
    const simulatorsUrl = programs.includes(simulators)
      ? `http://127.0.0.1:${String(portFrom(given, simulators))}`
      : undefined
    const smtpPort = String(portFrom(given, simulatedMail))
    const smtpUrl = simulatorsUrl === undefined ? undefined : `smtp://127.0.0.1:${smtpPort}`
    const addresses = {
      ...running.servers,
      simulatorsUrl,
      smtpUrl,
      gatewayUrl,
      ingestUrl,
      telephonyUrl,
      meetingsUrl,
      billingUrl
    }
    const environment = systemEnvironment(given, addresses, secrets)
    const start = (service: ServiceSpec, stage: 2 | 3, extra: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> =>
      startServiceProcess({
        layout,
        service,
        port: portFrom(given, service),
        environment: { ...extra, ...environment },
        stage
      })

    if (simulatorsUrl !== undefined) {
      const stateFile = path.join(layout.state, 'simulators.json')
      running.simulators = await start(simulators, 2, { SIMULATORS_STATE: stateFile, SIMULATORS_SMTP_PORT: smtpPort })
    }
    // The gateway last: its dashboard may still be under way.
    const started = programs
      .filter((program) => program !== simulators)
      .sort((a, b) => Number(a.name === 'gateway') - Number(b.name === 'gateway'))
    for (const service of started) {
      running.services.push(await start(service, 3, service.name === 'gateway' ? await dashboard : {}))
    }
    const all = [...(running.simulators === undefined ? [] : [running.simulators]), ...running.services]
    await Promise.all(all.map((program) => untilAborted(program.ready, stopped)))

    const apiKey = environment['LEADLOG_API_KEY'] ?? ''
    const urls = {
      ...Object.fromEntries(started.map((service, index) => [service.name, running.services[index]?.url ?? ''])),
      ...(simulatorsUrl === undefined ? {} : { simulators: simulatorsUrl }),
      nats: running.servers.natsUrl,
      database: running.servers.databaseUrl,
      ...(running.servers.redisUrl === undefined ? {} : { redis: running.servers.redisUrl })
    }
    guardFile(readyFile)
    writePrivateJson(readyFile, {
      ready: true,
      urls,
      apiKey,
      pid: process.pid,
      environment: settingsForOperators(environment, given)
    })
    const programsByName = new Map<string, KeptProgram>([
      ...running.servers.programs,
      ...started.flatMap((service, index): [string, KeptProgram][] => {
        const program = running.services[index]
        return program === undefined ? [] : [[service.name, program]]
      }),
      ...(running.simulators === undefined ? [] : [['simulators', running.simulators] as const])
    ])
    return { urls, apiKey, environment, stop, pid: (name) => programsByName.get(name)?.pid }
  } catch (error) {
    await stop()
    throw error
  }
}

function urlOf(name: string, programs: readonly ServiceSpec[], given: NodeJS.ProcessEnv): string | undefined {
  const service = programs.find((program) => program.name === name)
  return service && `http://127.0.0.1:${String(portFrom(given, service))}`
}

function chosenPrograms(layout: Layout, options: StartOptions): ServiceSpec[] {
  const chosen = services.filter((service) => options.only?.includes(service.name) ?? true)
  return [...(options.simulators ? [simulators] : []), ...chosen].filter((service) => {
    const present = isPresent(layout, service)
    if (!present) notice(`${service.name} is left out: there is no ${service.program}`)
    return present
  })
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('stopped while starting'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
