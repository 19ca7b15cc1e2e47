import { randomBytes, randomUUID } from 'node:crypto'
import { newEvent, type AggregateRef, type DataOf, type EventDefinition, type RecordedEvent } from '@leadlog/contracts'
import { causeOf, openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, defineService, startService, type HandlerContext } from '@leadlog/service'
import { createSimulators, type SimulatorState } from '@leadlog/simulators'
import { testDatabase, testNats, type TestContext } from '@leadlog/testing'
import { createCrmSyncDeps, type CrmSyncDeps } from '../crm-sync-deps.ts'
import { createLedgers, migrationSteps, SCHEMA } from '../ledgers.ts'
import { zohoMapping } from '../mapping/zoho-mapping.ts'
import { reactors } from '../reactors.ts'
import { connectZoho } from '../zoho/connect-zoho.ts'

export interface StartOptions {
  readonly dryRun?: boolean
  readonly ratePerMinute?: number
  /** Where false the handlers stand still and are called by the test. */
  readonly withReactors?: boolean
}

export interface TestCrmSync {
  readonly log: EventLog
  readonly state: SimulatorState
  readonly deps: CrmSyncDeps
  /** Appends events of one cause as one batch. */
  record<D extends EventDefinition>(
    cause: string,
    ...events: readonly { definition: D; id: string; data: DataOf<D> }[]
  ): Promise<readonly RecordedEvent[]>
  historyOf(ref: AggregateRef): Promise<readonly RecordedEvent[]>
}

const logger = createLogger({ service: 'crm-sync', level: 'silent' })

/** The service on real NATS and Postgres, with the simulated Zoho behind it. */
export async function startCrmSync(t: TestContext, options: StartOptions = {}): Promise<TestCrmSync> {
  const { dryRun = false, ratePerMinute = 100_000, withReactors = true } = options
  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const simulators = await createSimulators()
  t.teardown(() => simulators.app.close())
  const origin = await simulators.app.listen({ port: 0, host: '127.0.0.1' })
  const masterKey = randomBytes(32).toString('base64')
  let built: CrmSyncDeps | undefined

  const service = await startService(
    defineService({
      name: 'crm-sync',
      description: 'under test',
      defaultPort: 0,
      config: {},
      uses: { postgres: true, redis: false },
      migrations: { schema: SCHEMA, steps: migrationSteps },
      setup: ({ postgres, onStop }) => {
        if (!postgres) throw new Error('no Postgres')
        const zoho = connectZoho({
          dataCentre: 'us',
          accountsUrl: `${origin}/zoho-accounts`,
          apiUrl: undefined,
          apiVersion: 'v8',
          credentials: {
            clientId: '1000.SIMULATEDCLIENT',
            clientSecret: 'simulated-zoho-client-secret',
            refreshToken: '1000.simulated.refreshtoken'
          },
          mapping: zohoMapping,
          ratePerMinute,
          ratePerDay: 1_000_000,
          localShare: 1,
          redis: undefined,
          seal: { seal: async (text) => text, open: async (text) => text },
          timeoutMs: 1_000,
          logger,
          clock: () => new Date()
        })
        onStop(() => zoho.close())
        built = createCrmSyncDeps({
          provider: zoho.provider,
          document: zohoMapping,
          ledgers: createLedgers({ db: postgres.db, owner: randomUUID() }),
          dryRun,
          canReadFields: true
        })
        return built
      },
      reactors: withReactors ? reactors : [],
      projections: []
    }),
    {
      logger,
      environment: {
        NATS_URL: nats.url,
        NATS_PREFIX: nats.prefix,
        DATABASE_URL: database.url,
        LEADLOG_MASTER_KEY: masterKey,
        CRM_SYNC_PORT: '0',
        RETRY_DELAYS_SECONDS: '0.2,0.2,0.2,0.2'
      }
    }
  )
  t.teardown(() => service.stop())

  const log = await openEventLog({ servers: nats.url, prefix: nats.prefix, name: 'test', logger })
  t.teardown(() => log.close())
  const keyring = await openKeyring({
    connection: log.connection,
    masterKey: parseMasterKey(masterKey),
    prefix: nats.prefix
  })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  if (!built) throw new Error('the service did not build its parts')

  return {
    log,
    state: simulators.state,
    deps: built,
    async record(cause, ...events) {
      const result = await log.transact({
        cause: { id: cause, correlationId: cause },
        handler: 'test',
        actor: 'service:crm',
        load: [],
        decide: () => events.map(({ definition, id, data }) => newEvent(definition, id, data))
      })
      return 'events' in result ? result.events : []
    },
    historyOf: async (ref) => (await log.load(ref)).events
  }
}

/** What the service gives a handler for the event, for a test that calls the handler itself. */
export function handlerContext(log: EventLog, handler: string, event: RecordedEvent, attempt = 1): HandlerContext {
  const cause = causeOf(event)
  return {
    attempt,
    logger,
    clock: { now: () => new Date() },
    signal: new AbortController().signal,
    load: (ref) => log.load(ref),
    transact: ({ load, decide, step = '' }) =>
      log.transact({ cause, actor: 'service:crm-sync', handler: `crm-sync-${handler}/${step}`, load, decide }),
    execute: ({ ref, decider, command, step = '' }) =>
      log.execute({ cause, actor: 'service:crm-sync', handler: `crm-sync-${handler}/${step}`, ref, decider, command })
  }
}
