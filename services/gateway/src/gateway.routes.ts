import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { RunningProjections } from '@leadlog/projections'
import type { Clock, HttpServer, Logger } from '@leadlog/service'
import { leadChangeRoutes } from './as-of/lead-changes.routes.ts'
import { createLeadHistory, type HistorySource } from './as-of/lead-history.ts'
import type { ApiKeys } from './auth/api-key.ts'
import { requireClient } from './auth/auth.plugin.ts'
import { budgetRoutes, type BudgetPort } from './budgets/budgets.routes.ts'
import { capabilityRoutes } from './commands/capabilities.routes.ts'
import type { CommandPort } from './commands/command-port.ts'
import { commandRoutes } from './commands/commands.routes.ts'
import { crmWriteRoutes } from './crm-writes/crm-writes.routes.ts'
import { databaseProblem } from './database/database-away.ts'
import type { ReadDatabase } from './database/database.ts'
import type { RevealLog } from './dead-letters/dead-letter-payload.ts'
import { deadLetterRoutes } from './dead-letters/dead-letters.routes.ts'
import { eventRoutes } from './events/events.routes.ts'
import type { PayloadSource } from './events/read-payload.ts'
import { createFreshness } from './freshness/freshness.ts'
import { landingRoutes } from './landing/landing.routes.ts'
import { leadRoutes } from './leads/leads.routes.ts'
import { ledgerRoutes } from './ledger/ledger.routes.ts'
import { meetingRoutes } from './meetings/meetings.routes.ts'
import { documentApi } from './openapi/openapi.plugin.ts'
import { projectionRoutes } from './projections/projections.routes.ts'
import { tagAnswers } from './query/etag.ts'
import { limitRate } from './rate-limit/rate-limit.plugin.ts'
import type { RateLimitStore } from './rate-limit/rate-limit-store.ts'
import { receivedEventRoutes } from './received-events/received-events.routes.ts'
import { createChangeHub } from './stream/change-hub.ts'
import { positionOf } from './stream/position.ts'
import { findReceivedEventsOfWrites } from './stream/stream.queries.ts'
import { streamRoutes } from './stream/stream.routes.ts'
import { timelineRoutes } from './timeline/timeline.routes.ts'

/** What the routes need. */
export interface GatewayDeps {
  readonly db: ReadDatabase
  readonly payloads: PayloadSource
  readonly reveals: RevealLog
  /** The log, to fold what was from it. */
  readonly history: HistorySource
  readonly commands: CommandPort
  readonly budgets: BudgetPort
  readonly keys: ApiKeys
  readonly rateStore: RateLimitStore
  readonly ratePerMinute: number
  readonly publicUrl: string | undefined
  readonly clock: Clock
  readonly logger: Logger
}

/** What runs by the time the routes are registered. */
export interface GatewayRuntime {
  readonly projections: Pick<RunningProjections, 'positions' | 'waitFor' | 'onApplied'> | undefined
}

/** Answers smaller than this do not get smaller. */
const COMPRESS_FROM_BYTES = 1_024
/** Beyond it brotli takes many times as long for a few per cent. */
const BROTLI_QUALITY = 4

/** All routes of the gateway. The tables must be there: projections start before HTTP. */
export async function gatewayRoutes(app: HttpServer, deps: GatewayDeps, runtime: GatewayRuntime): Promise<void> {
  const { db, clock, logger } = deps
  const { projections } = runtime
  if (!projections) throw new TypeError('The gateway reads from projections of its own')
  const hub = createChangeHub({
    projections,
    start: positionOf(await projections.positions()),
    logger,
    alsoChanged: (changes) => findReceivedEventsOfWrites(db, changes)
  })
  app.addHook('onClose', () => hub.close())
  const history = createLeadHistory(deps.history)
  const context = { db, freshness: createFreshness(projections) }

  await app.register(compress, {
    threshold: COMPRESS_FROM_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }
  })
  await documentApi(app, deps.publicUrl)
  landingRoutes(app)
  await app.register(
    async (v1: HttpServer) => {
      v1.setErrorHandler((error) => {
        throw databaseProblem(error) ?? error
      })
      requireClient(v1, deps.keys)
      await limitRate(v1, { max: deps.ratePerMinute, store: deps.rateStore })
      tagAnswers(v1)
      receivedEventRoutes(v1, context)
      leadRoutes(v1, context, history)
      leadChangeRoutes(v1, history)
      timelineRoutes(v1, context)
      meetingRoutes(v1, context)
      crmWriteRoutes(v1, context)
      eventRoutes(v1, context, deps.payloads)
      deadLetterRoutes(v1, context, deps)
      ledgerRoutes(v1, context, clock)
      budgetRoutes(v1, context, deps.budgets)
      projectionRoutes(v1, context, projections)
      commandRoutes(v1, deps.commands)
      capabilityRoutes(v1)
      streamRoutes(v1, hub)
    },
    { prefix: '/v1' }
  )
}
