import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, startNats, startPostgres, startRedis, type LocalServer } from '@leadlog/local/servers'
import { services } from '@leadlog/local/services'
import type { CrmName, SimulatorSecrets } from '@leadlog/simulators'
import { newSecrets } from './secrets.ts'
import { program, type Program } from './program.ts'
import { settled, type SettledOptions } from './settled.ts'
import { vendorVariables } from './vendor-variables.ts'

/** Everything that can be killed. */
export interface Killable {
  readonly name: string
  kill(): Promise<void>
  restart(): Promise<void>
}

/** A whole Leadlog of its own: servers, simulated vendors, every service a process. */
export interface TestSystem {
  readonly ingestUrl: string
  readonly gatewayUrl: string
  readonly simulatorsUrl: string
  readonly secrets: SimulatorSecrets
  readonly environment: NodeJS.ProcessEnv
  /** Which CRM the leads are written to. */
  readonly crm: CrmName
  /** Where each service answers. */
  readonly services: readonly { readonly name: string; readonly url: string }[]
  /** What every program wrote so far, by its name. */
  logs(): Readonly<Record<string, string>>
  /** Services, NATS, Postgres and Redis. */
  readonly killable: readonly Killable[]
  /** JSON of a gateway read. */
  read(path: string): Promise<unknown>
  /** A call to the simulators' control. */
  control(method: string, path: string, body?: unknown): Promise<unknown>
  /** Kills every service, NATS and Postgres, as when their machine is gone. Vendors and Redis stay. */
  lose(): Promise<void>
  /** Starts every service after {@link lose}, on other servers. */
  startOn(servers: { natsUrl: string; databaseUrl: string }): Promise<void>
  /**
   * Resolves when no webhook and no CRM write is pending and nothing moves any more.
   *
   * @param limitMs after which it counts as hanging; some minutes by default
   */
  settled(limitMs?: number, options?: SettledOptions): Promise<void>
  /** Where servers and services keep their files. */
  readonly folder: string
  /** Stops everything cleanly and keeps the files until {@link stop}. */
  halt(): Promise<void>
  stop(): Promise<void>
}

export interface TestSystemOptions {
  readonly environment?: NodeJS.ProcessEnv
  /** Kept after the end, for looking at logs. */
  readonly keepState?: boolean
}

/** Waits so short that a whole day of retries fits into a test. */
const RETRY_DELAYS_SECONDS = '0.2,0.4,0.6,1,1,1.5,1.5,2,2,3,3,3,4,4,5,5'

/** Starts the system on free ports. What was started is stopped again when something fails. */
export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const state = mkdtempSync(path.join(tmpdir(), 'leadlog-system-'))
  const log = (name: string) => path.join(state, 'logs', `${name}.log`)
  const servers: { name: string; server: LocalServer }[] = []
  const programs: Program[] = []
  const halt = async (): Promise<void> => {
    await Promise.all(programs.map((one) => one.stop()))
    await Promise.all(servers.map(({ server }) => server.stop()))
  }
  const stop = async (): Promise<void> => {
    await halt()
    if (options.keepState !== true && process.env['KEEP_STATE'] === undefined)
      rmSync(state, { recursive: true, force: true })
  }
  try {
    const [nats, postgres, redis] = await Promise.all([
      startNats({ dataDir: path.join(state, 'nats'), logFile: log('nats') }),
      startPostgres({ dataDir: path.join(state, 'postgres'), logFile: log('postgres') }),
      startRedis({ dataDir: path.join(state, 'redis'), logFile: log('redis') })
    ])
    servers.push({ name: 'nats', server: nats }, { name: 'postgres', server: postgres })
    if (redis) servers.push({ name: 'redis', server: redis })

    const simulatorsPort = await freePort()
    const simulatorsUrl = `http://127.0.0.1:${simulatorsPort}`
    const secrets = newSecrets()
    const environment: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'],
      // Compiled sources are kept between the starts of a program.
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      LOG_LEVEL: 'info',
      NATS_URL: nats.url,
      NATS_SYNC_ALWAYS: 'true',
      DATABASE_URL: postgres.url,
      ...(redis ? { REDIS_URL: redis.url } : {}),
      LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
      LEADLOG_API_KEY: randomBytes(16).toString('hex'),
      API_RATE_PER_MINUTE: '100000',
      API_SESSION_RATE_PER_MINUTE: '100000',
      DRY_RUN: 'false',
      LLM_PROVIDER: 'rules',
      OWN_DOMAINS: 'leadlog.example',
      RETRY_DELAYS_SECONDS,
      RECONCILE_EVERY_MINUTES: '0',
      CRM_RATE_PER_MINUTE: '6000',
      CRM_EFFECT_LEASE_SECONDS: '4',
      ZOHO_TIMEOUT_SECONDS: '4',
      HUBSPOT_TIMEOUT_SECONDS: '4',
      LLM_TIMEOUT_SECONDS: '4',
      LLM_RATE_PER_MINUTE: '6000',
      ...vendorVariables(simulatorsUrl, secrets),
      ...options.environment
    }
    const ports = new Map<string, number>()
    for (const { name } of services) ports.set(name, await freePort())
    const reached = (name: string): string => `http://127.0.0.1:${ports.get(name) ?? 0}`
    const simulators = program({
      name: 'simulators',
      file: 'packages/simulators/src/main.ts',
      port: simulatorsPort,
      environment: { INGEST_URL: reached('ingest'), ...environment, SIMULATORS_PORT: String(simulatorsPort) },
      logFile: log('simulators'),
      stage: 2
    })
    programs.push(simulators)
    const addresses = {
      INGEST_URL: reached('ingest'),
      TELEPHONY_URL: reached('telephony'),
      MEETINGS_URL: reached('meetings'),
      BILLING_URL: reached('billing'),
      GATEWAY_URL: reached('gateway')
    }
    for (const service of services) {
      const port = ports.get(service.name) ?? 0
      const own = { ...addresses, ...environment, [service.variable]: String(port) }
      programs.push(
        program({
          name: service.name,
          file: service.program,
          port,
          environment: own,
          logFile: log(service.name),
          stage: 3
        })
      )
    }
    await Promise.all(programs.map((one) => one.start()))
    await Promise.all(programs.map((one) => one.ready()))

    const urlOf = (name: string): string => programs.find((one) => one.name === name)?.url ?? ''
    const read = async (address: string): Promise<unknown> => {
      const answer = await fetch(`${urlOf('gateway')}${address}`, {
        headers: { authorization: `Bearer ${environment['LEADLOG_API_KEY']}` }
      })
      if (!answer.ok) throw new Error(`${address} answered ${answer.status} ${await answer.text()}`)
      return answer.json()
    }
    const control = async (method: string, address: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`${simulatorsUrl}/_control/${address}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${address} answered ${answer.status} ${text}`)
      return text === '' ? undefined : (JSON.parse(text) as unknown)
    }
    return {
      ingestUrl: urlOf('ingest'),
      gatewayUrl: urlOf('gateway'),
      simulatorsUrl,
      secrets,
      environment,
      crm: environment['CRM_PROVIDER'] === 'hubspot' ? 'hubspot' : 'zoho',
      services: programs.filter((one) => one !== simulators),
      logs: () =>
        Object.fromEntries(
          programs.filter((one) => one !== simulators).map(({ name }) => [name, readFileSync(log(name), 'utf8')])
        ),
      killable: [
        ...programs
          .filter((one) => one !== simulators)
          .map((one) => ({
            name: one.name,
            kill: () => one.kill(),
            restart: async () => (await one.start(), one.ready())
          })),
        ...servers.map(({ name, server }) => ({ name, kill: () => server.kill(), restart: () => server.restart() }))
      ],
      read,
      control,
      async lose() {
        await Promise.all(programs.filter((one) => one !== simulators).map((one) => one.kill()))
        await Promise.all([nats.kill(), postgres.kill()])
      },
      async startOn({ natsUrl, databaseUrl }) {
        const started = programs.filter((one) => one !== simulators)
        await Promise.all(started.map((one) => one.start({ NATS_URL: natsUrl, DATABASE_URL: databaseUrl })))
        await Promise.all(started.map((one) => one.ready()))
      },
      settled: (limitMs, options) => settled(read, control, state, limitMs, options),
      folder: state,
      halt,
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}
