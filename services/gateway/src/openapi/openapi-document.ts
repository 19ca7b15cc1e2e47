import { createHttpServer, createLogger, createMetrics, createReadiness } from '@leadlog/service'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { GatewayTables } from '../database/database.ts'
import { gatewayRoutes, type GatewayDeps } from '../gateway.routes.ts'
import { memoryAnswers } from '../shared-answers/answer-store.ts'
import { memoryStore } from '../rate-limit/rate-limit-store.ts'

/** The OpenAPI document of the gateway, without any server: for what is generated from it. */
export async function openApiDocument(): Promise<object> {
  const logger = createLogger({ service: 'gateway', level: 'silent' })
  const app = createHttpServer({ logger, metrics: createMetrics('gateway'), readiness: createReadiness() })
  const projections = {
    positions: () => Promise.resolve([]),
    waitFor: () => Promise.resolve(true),
    onApplied: () => () => undefined,
    markOf: () => null
  }
  await gatewayRoutes(app, depsWithoutServers(logger), { projections })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}

/** Routes are registered with them, never called; the status page looks once, and sees nothing. */
function depsWithoutServers(logger: GatewayDeps['logger']): GatewayDeps {
  const never = (): never => {
    throw new TypeError('Only the documentation of the routes is asked for here')
  }
  const db = new Kysely<GatewayTables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (own) => new PostgresIntrospector(own),
      createQueryCompiler: () => new PostgresQueryCompiler()
    }
  })
  return {
    db,
    payloads: { log: { get: never, getBySequence: never }, keyring: { openBytes: never } },
    reveals: { record: never },
    history: { read: never },
    commands: { send: never, outcome: never, sent: never },
    budgets: { redis: undefined, handlerBacklog: never },
    access: { publicOrigin: 'http://localhost', signIn: { close: () => undefined } },
    work: { runner: { start: () => undefined, stop: () => Promise.resolve() } },
    thread: never,
    whatIfs: never,
    reads: { as: never },
    rateStore: memoryStore(() => 0),
    sharedAnswers: { store: memoryAnswers(() => 0), count: () => undefined },
    ratePerMinute: { clients: 1, people: 1 },
    publicUrl: undefined,
    dashboardDir: undefined,
    zoomPanelDir: undefined,
    signs: () => Promise.resolve([]),
    clock: { now: () => new Date(0) },
    logger
  } as unknown as GatewayDeps
}
