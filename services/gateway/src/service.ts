import { checkFiles, openServiceFiles } from '@leadlog/files'
import {
  accessEvents,
  FlagSwitched,
  PayloadRevealed,
  servicesWithHandlers,
  WorkCancelled,
  WorkCompleted,
  WorkStarted,
  WorkStopped
} from '@leadlog/contracts'
import { handlerAttention, handlerBacklog } from '@leadlog/event-log'
import { createMailer } from '@leadlog/mail'
import { defineService, openSecretBook, processEnvironment } from '@leadlog/service'
import { ACCESS_KEY_PREFIX } from './access/access-keys.ts'
import { openWhatIfStore } from '@leadlog/whatif/store'
import { createAccess, inviteConfigured } from './access/access.ts'
import { gatewayConfig } from './config.ts'
import { openReadDatabase } from './database/open-read-database.ts'
import { openScopedReads } from './database/scoped-reads.ts'
import { createFlagBook } from './flags/flag-book.ts'
import { gatewayProjections } from './gateway-projections.ts'
import { gatewayMetrics, watchWhole } from './gateway.metrics.ts'
import { gatewayRoutes, type GatewayDeps } from './gateway.routes.ts'
import { memoryStore, sharedStore } from './rate-limit/rate-limit-store.ts'
import { redriveLetters } from './redrives/redrive-letters.ts'
import { layeredAnswers, memoryAnswers, redisAnswers } from './shared-answers/answer-store.ts'
import { memoryVolatileStore, redisVolatileStore } from './sessions/volatile-store.ts'
import { createWorkDesk } from './work/create-work-desk.ts'
import { findZoomHost } from './zoom-connections/zoom-connections.queries.ts'
import { inThread } from './work/worker/in-thread.ts'
import { createWorkThread } from './work/worker/work-thread.ts'

/** Answers questions about what was received and what became of it. */
export const gateway = defineService({
  name: 'gateway',
  description:
    'Answers over HTTP what was received, what became of it and why, from read models of its own; passes commands on.',
  defaultPort: 8080,
  config: gatewayConfig,
  check: checkFiles,
  uses: { postgres: true, redis: true },
  metrics: Object.values(gatewayMetrics),
  setup: async (context): Promise<GatewayDeps> => {
    const { config, clock, keyring, log, logger, metrics, onStop, postgres, redis } = context
    if (config.databaseUrl === undefined) throw new TypeError('The gateway needs Postgres')
    const own = openReadDatabase({ url: config.databaseUrl, logger })
    onStop(() => own.close())
    const reads = openScopedReads({ url: config.databaseUrl, logger })
    onStop(() => reads.close())
    watchWhole(metrics, { db: own.db, log })
    const now = (): number => clock.now().getTime()
    const sharedReads = metrics.counter(gatewayMetrics.sharedReads)
    const local = memoryStore(now)
    const rateStore = redis ? sharedStore(redis, RATE_KEY_PREFIX, local) : local
    const mailer =
      config.smtpUrl === undefined ? undefined : createMailer({ url: config.smtpUrl, from: config.mailFrom })
    if (mailer) onStop(() => mailer.close())
    const access = createAccess({
      log,
      keyring,
      store: redis ? redisVolatileStore(redis, ACCESS_KEY_PREFIX) : memoryVolatileStore(now),
      counts: rateStore,
      mailer,
      apiKey: config.apiKey,
      zoom: {
        app:
          config.zoomClientId === undefined || config.zoomClientSecret === undefined
            ? null
            : { clientId: config.zoomClientId, clientSecret: config.zoomClientSecret },
        findHost: (zoomUserId) => findZoomHost(own.db, zoomUserId)
      },
      publicUrl: config.publicUrl ?? `http://${config.host}:${String(config.port)}`,
      clock,
      logger
    })
    await inviteConfigured(access.users, config.users.list)
    const thread = createWorkThread(processEnvironment())
    const work = createWorkDesk({
      log,
      db: own.db,
      databaseUrl: config.databaseUrl,
      store: redis ? redisVolatileStore(redis, WORK_KEY_PREFIX) : memoryVolatileStore(now),
      doers: {
        redrive: redriveLetters(log),
        rebuild: inThread(thread, 'rebuild'),
        swap: inThread(thread, 'swap'),
        'discard-table': inThread(thread, 'discard-table'),
        'roll-back': inThread(thread, 'roll-back'),
        'what-if': inThread(thread, 'what-if'),
        'apply-what-if': inThread(thread, 'apply-what-if')
      },
      clock,
      logger
    })
    const openWhatIfs = () => {
      if (!postgres) throw new TypeError('The gateway needs Postgres')
      const opening = openWhatIfStore({ db: postgres.db, keyring, clock: () => clock.now() })
      // One that failed is tried again by whoever asks next.
      opening.catch(() => (whatIfs = undefined))
      return opening
    }
    let whatIfs: ReturnType<typeof openWhatIfs> | undefined
    return {
      db: own.db,
      work,
      thread,
      whatIfs: () => (whatIfs ??= openWhatIfs()),
      reads,
      access,
      payloads: { log, keyring },
      reveals: log,
      history: log,
      commands: { log, keyring },
      flags: createFlagBook(log),
      secretAges: async () => (await openSecretBook(log, config.natsReplicas)).list(clock.now()),
      budgets: {
        redis,
        handlerBacklog: (service, handler) => handlerBacklog(log, { stream: 'EVENTS', service, handler }).catch(() => 0)
      },
      rateStore,
      sharedAnswers: {
        store: redis
          ? layeredAnswers(memoryAnswers(now), redisAnswers(redis, ANSWER_KEY_PREFIX, keyring))
          : memoryAnswers(now),
        count: (outcome) => sharedReads.inc({ outcome })
      },
      signs: () => handlerAttention(log, servicesWithHandlers),
      ratePerMinute: { clients: config.ratePerMinute, people: config.sessionRatePerMinute },
      files: openServiceFiles(context),
      plays: {
        log,
        plays: redis ? redisVolatileStore(redis, PLAY_KEY_PREFIX) : memoryVolatileStore(now),
        now: () => clock.now()
      },
      publicUrl: config.publicUrl,
      dashboardDir: config.dashboardDir,
      zoomPanelDir: config.zoomPanelDir,
      clock,
      logger
    }
  },
  reactors: [],
  appends: [PayloadRevealed, ...accessEvents, WorkStarted, WorkCancelled, WorkCompleted, WorkStopped, FlagSwitched],
  projections: gatewayProjections,
  routes: gatewayRoutes
})

/** Before the keys of the shared counts in Redis. */
const RATE_KEY_PREFIX = 'leadlog:gateway:rate:'
/** Before the sealed answers in Redis. */
const ANSWER_KEY_PREFIX = 'leadlog:gateway:answer:'
/** Before the plays of recordings in Redis. */
const PLAY_KEY_PREFIX = 'leadlog:gateway:play:'
/** Before the progress of work in Redis. */
const WORK_KEY_PREFIX = 'leadlog:gateway:work:'
