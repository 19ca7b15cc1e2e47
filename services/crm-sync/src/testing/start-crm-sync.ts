import { randomBytes } from 'node:crypto'
import { newEvent, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'
import { causeOf, openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService, type HandlerContext } from '@leadlog/service'
import { createSimulators, type SimulatorState } from '@leadlog/simulators'
import { testDatabase, testNats, type TestContext } from '@leadlog/testing'
import type { WriteNotesDeps } from '../note/write-notes.reactor.ts'
import type { QueueWritesDeps } from '../record/queue-writes.reactor.ts'
import type { WriteRecordsDeps } from '../record/write-records.reactor.ts'
import { crmSync } from '../service.ts'
import type { Told } from './lead-story.ts'

type Deps = QueueWritesDeps & WriteRecordsDeps & WriteNotesDeps

export interface StartOptions {
  /** On top of those that make the service talk to the simulated Zoho. */
  readonly environment?: Readonly<Record<string, string>>
  /** All by default. */
  readonly reactors?: (typeof crmSync)['reactors']
}

export interface TestCrmSync {
  readonly log: EventLog
  readonly state: SimulatorState
  /** What the service's handlers work with, for a test that calls a handler itself. */
  readonly deps: Deps
  /** Appends events of one cause as one batch. */
  record(cause: string, ...events: readonly Told[]): Promise<readonly RecordedEvent[]>
  historyOf(ref: AggregateRef): Promise<readonly RecordedEvent[]>
}

const logger = createLogger({ service: 'crm-sync', level: 'silent' })

/** The service on real NATS and Postgres, with the simulated Zoho behind it. */
export async function startCrmSync(t: TestContext, options: StartOptions = {}): Promise<TestCrmSync> {
  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const simulators = await createSimulators()
  t.teardown(() => simulators.app.close())
  const origin = await simulators.app.listen({ port: 0, host: '127.0.0.1' })
  const masterKey = randomBytes(32).toString('base64')
  let deps: Deps | undefined

  const service = await startService(
    {
      ...crmSync,
      setup: async (context) => (deps = await crmSync.setup(context)),
      reactors: options.reactors ?? crmSync.reactors
    },
    {
      logger,
      environment: {
        NATS_URL: nats.url,
        NATS_PREFIX: nats.prefix,
        DATABASE_URL: database.url,
        LEADLOG_MASTER_KEY: masterKey,
        CRM_SYNC_PORT: '0',
        // Enough that no message fails for good because a fifth of the calls do.
        RETRY_DELAYS_SECONDS: Array.from({ length: 8 }, () => '0.2').join(),
        DRY_RUN: 'false',
        ZOHO_ACCOUNTS_URL: `${origin}/zoho-accounts`,
        ZOHO_CLIENT_ID: '1000.SIMULATEDCLIENT',
        ZOHO_CLIENT_SECRET: 'simulated-zoho-client-secret',
        ZOHO_REFRESH_TOKEN: '1000.simulated.refreshtoken',
        ZOHO_TIMEOUT_SECONDS: '1',
        CRM_RATE_PER_MINUTE: '100000',
        CRM_RATE_PER_DAY: '1000000',
        ...options.environment
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
  if (!deps) throw new Error('the service did not build its parts')

  return {
    log,
    state: simulators.state,
    deps,
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
