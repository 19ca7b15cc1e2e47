import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { TransientError } from '@leadlog/contracts'
import type { RunningProjections } from '@leadlog/projections'
import { HttpProblem, type Clock, type HttpServer, type Logger } from '@leadlog/service'
import { leadChangeRoutes } from './as-of/lead-changes.routes.ts'
import { createLeadHistory, type HistorySource } from './as-of/lead-history.ts'
import type { Access } from './access/access.ts'
import { readJsonBodies } from './access/json-bodies.ts'
import { secureAnswers } from './access/secure-answers.ts'
import { requireAccess } from './auth/auth.plugin.ts'
import { apiKeyRoutes } from './api-keys/api-keys.routes.ts'
import { budgetRoutes, type BudgetPort } from './budgets/budgets.routes.ts'
import { callRoutes } from './calls/calls.routes.ts'
import { catalogueItemRoutes } from './catalogue-items/catalogue-items.routes.ts'
import { conferenceRoutes } from './conferences/conferences.routes.ts'
import { dialRoutes } from './dials/dials.routes.ts'
import { capabilityRoutes } from './commands/capabilities.routes.ts'
import type { CommandPort } from './commands/command-port.ts'
import { commandRoutes } from './commands/commands.routes.ts'
import { crmWriteRoutes } from './crm-writes/crm-writes.routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.routes.ts'
import { databaseProblem } from './database/database-away.ts'
import { readsOfRequests } from './database/reads-of-requests.ts'
import type { ScopedReads } from './database/scoped-reads.ts'
import type { ReadDatabase } from './database/database.ts'
import type { RevealLog } from './dead-letters/dead-letter-payload.ts'
import { deadLetterRoutes } from './dead-letters/dead-letters.routes.ts'
import { eventRoutes } from './events/events.routes.ts'
import type { PayloadSource } from './events/read-payload.ts'
import { fieldMappingRoutes } from './field-mapping/field-mapping.routes.ts'
import type { FlagBook } from './flags/flag-book.ts'
import { flagRoutes } from './flags/flags.routes.ts'
import { flowRoutes } from './flows/flows.routes.ts'
import { createFreshness } from './freshness/freshness.ts'
import { integrationRoutes, type SecretAges } from './integrations/integrations.routes.ts'
import { landingRoutes } from './landing/landing.routes.ts'
import { invoiceRoutes } from './invoices/invoices.routes.ts'
import { leadRoutes } from './leads/leads.routes.ts'
import { ledgerRoutes } from './ledger/ledger.routes.ts'
import { meetingRecordingRoutes } from './meeting-recordings/meeting-recordings.routes.ts'
import { meetingRoutes } from './meetings/meetings.routes.ts'
import { documentApi } from './openapi/openapi.plugin.ts'
import { overviewRoutes } from './overview/overview.routes.ts'
import { smsRoutes } from './sms/sms.routes.ts'
import { suppressionRoutes } from './suppressions/suppressions.routes.ts'
import { panelPageRoutes } from './panel/panel-page.routes.ts'
import { panelRoutes } from './panel/panel.routes.ts'
import { paymentRoutes } from './payments/payments.routes.ts'
import { phoneNumberRoutes } from './phone-numbers/phone-numbers.routes.ts'
import { projectionRoutes } from './projections/projections.routes.ts'
import { BROTLI_QUALITY, COMPRESS_FROM_BYTES } from './query/compression.ts'
import { tagAnswers } from './query/etag.ts'
import { limitRate } from './rate-limit/rate-limit.plugin.ts'
import type { RateLimitStore } from './rate-limit/rate-limit-store.ts'
import { rebuildRoutes } from './rebuilds/rebuilds.routes.ts'
import { redriveRoutes } from './redrives/redrives.routes.ts'
import type { FileStore } from '@leadlog/files'
import type { PlayNotes } from './recordings/note-play.ts'
import { recordingRoutes } from './recordings/recordings.routes.ts'
import { receivedEventRoutes } from './received-events/received-events.routes.ts'
import { searchRoutes } from './search/search.routes.ts'
import { secondFactorRoutes } from './second-factor/second-factor.routes.ts'
import { securityLogRoutes } from './security-log/security-log.routes.ts'
import { meRoutes } from './sessions/me.routes.ts'
import type { AnswerStore } from './shared-answers/answer-store.ts'
import { shareAnswers, type SharedOutcome } from './shared-answers/shared-answers.plugin.ts'
import { signInPageRoutes } from './sign-in/sign-in-page.routes.ts'
import { signInRoutes } from './sign-in/sign-in.routes.ts'
import { spendRoutes } from './spend/spend.routes.ts'
import { statusRoutes } from './status/status.routes.ts'
import { watchStatus, type SystemSigns } from './status/status-watch.ts'
import { createChangeHub } from './stream/change-hub.ts'
import { createLiveStreams } from './stream/live-streams.ts'
import { positionOf } from './stream/position.ts'
import { findFurtherChanges } from './stream/stream.queries.ts'
import { streamRoutes } from './stream/stream.routes.ts'
import { userRoutes } from './users/users.routes.ts'
import { jwksRoutes, tokenRoutes } from './tokens/tokens.routes.ts'
import { timelineRoutes } from './timeline/timeline.routes.ts'
import type { WhatIfStore } from '@leadlog/whatif/store'
import { whatIfRoutes } from './what-ifs/what-ifs.routes.ts'
import { MAX_PROGRESS_STREAMS } from './work/work.routes.ts'
import type { WorkDesk } from './work/work-desk.ts'
import { createWorkQuestions } from './work/worker/work-questions.ts'
import type { WorkThread } from './work/worker/work-thread.ts'
import { zoomConnectionRoutes } from './zoom-connections/zoom-connections.routes.ts'

/** What the routes need. */
export interface GatewayDeps {
  /** Reads for requests, row by row as whoever asks may see. */
  readonly reads: ScopedReads
  /** Reads of the gateway itself, for which everything is there. */
  readonly db: ReadDatabase
  readonly payloads: PayloadSource
  readonly reveals: RevealLog
  /** The log, to fold what was from it. */
  readonly history: HistorySource
  readonly commands: CommandPort
  readonly budgets: BudgetPort
  readonly secretAges: SecretAges
  readonly flags: FlagBook
  readonly access: Access
  /** What operators start and watch. */
  readonly work: WorkDesk
  /** Does what would slow down the answers. */
  readonly thread: WorkThread
  /** What what-ifs found; made where it is missing. */
  readonly whatIfs: () => Promise<WhatIfStore>
  readonly signs: SystemSigns
  readonly rateStore: RateLimitStore
  readonly sharedAnswers: { readonly store: AnswerStore; readonly count: (outcome: SharedOutcome) => void }
  /** Requests a minute: of a key, a token or a stranger's address, and of a person who is signed in. */
  readonly ratePerMinute: { readonly clients: number; readonly people: number }
  readonly publicUrl: string | undefined
  /** The sound of calls. */
  readonly files: Pick<FileStore, 'open'>
  readonly plays: PlayNotes
  /** Folder of the built dashboard; undefined where none is served. */
  readonly dashboardDir: string | undefined
  /** Folder of the built panel for Zoom; undefined where none is served. */
  readonly zoomPanelDir: string | undefined
  /** How often an open stream looks up whether its listener still may; its own default where absent. */
  readonly streamCheckMs?: number
  readonly clock: Clock
  readonly logger: Logger
}

/** What runs by the time the routes are registered. */
export interface GatewayRuntime {
  readonly projections: Pick<RunningProjections, 'positions' | 'waitFor' | 'onApplied' | 'markOf'> | undefined
}

/** All routes of the gateway. The tables must be there: projections start before HTTP. */
export async function gatewayRoutes(app: HttpServer, deps: GatewayDeps, runtime: GatewayRuntime): Promise<void> {
  const { db, clock, logger } = deps
  const { projections } = runtime
  if (!projections) throw new TypeError('The gateway reads from projections of its own')
  const hub = createChangeHub({
    projections,
    start: positionOf(await projections.positions()),
    logger,
    alsoChanged: (changes) => findFurtherChanges(db, changes)
  })
  app.addHook('onClose', () => hub.close())
  const history = createLeadHistory(deps.history)
  const context = { reads: readsOfRequests(deps.reads), freshness: createFreshness(projections) }
  app.addHook('onClose', () => deps.access.signIn.close())
  const live = {
    identify: deps.access.identify,
    logger,
    ...(deps.streamCheckMs === undefined ? {} : { checkEveryMs: deps.streamCheckMs })
  }
  const work = {
    context,
    desk: deps.work,
    users: deps.access.users,
    streams: createLiveStreams(app, { ...live, most: MAX_PROGRESS_STREAMS })
  }
  const questions = createWorkQuestions(deps.thread)
  deps.work.runner.start()
  app.addHook('onClose', () => deps.work.runner.stop())

  await app.register(compress, {
    threshold: COMPRESS_FROM_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }
  })
  await app.register(cookie)
  readJsonBodies(app)
  await secureAnswers(app, deps.access.publicOrigin)
  await documentApi(app, deps.publicUrl)
  // The dashboard has a sign-in of its own; without it there are plain pages.
  if (deps.dashboardDir === undefined) {
    landingRoutes(app)
    signInPageRoutes(app)
  } else await dashboardRoutes(app, deps.dashboardDir)
  if (deps.zoomPanelDir !== undefined) await panelPageRoutes(app, deps.zoomPanelDir)
  jwksRoutes(app, deps.access)
  const status = watchStatus(deps)
  app.addHook('onClose', () => status.stop())
  await statusRoutes(app, status, deps.rateStore)
  await app.register(
    async (v1: HttpServer) => {
      v1.setErrorHandler((error) => {
        throw databaseProblem(error) ?? awayProblem(error) ?? error
      })
      requireAccess(v1, deps.access)
      await limitRate(v1, {
        max: deps.ratePerMinute.clients,
        maxOfPeople: deps.ratePerMinute.people,
        store: deps.rateStore
      })
      shareAnswers(v1, { ...deps.sharedAnswers, freshness: context.freshness, markOf: projections.markOf })
      tagAnswers(v1)
      receivedEventRoutes(v1, context)
      leadRoutes(v1, context, history)
      leadChangeRoutes(v1, context, history)
      searchRoutes(v1, context)
      timelineRoutes(v1, context)
      meetingRoutes(v1, context)
      meetingRecordingRoutes(v1, context, deps)
      callRoutes(v1, context)
      conferenceRoutes(v1, context)
      dialRoutes(v1, context)
      recordingRoutes(v1, context, deps)
      flowRoutes(v1, context)
      phoneNumberRoutes(v1, context)
      smsRoutes(v1, context)
      suppressionRoutes(v1, context)
      catalogueItemRoutes(v1, context)
      invoiceRoutes(v1, context)
      paymentRoutes(v1, context)
      spendRoutes(v1, context, clock)
      crmWriteRoutes(v1, context)
      fieldMappingRoutes(v1, context)
      integrationRoutes(v1, context, deps.secretAges)
      flagRoutes(v1, context, deps.flags)
      eventRoutes(v1, context, deps.payloads)
      deadLetterRoutes(v1, context, deps)
      ledgerRoutes(v1, context, clock)
      overviewRoutes(v1, { db, freshness: context.freshness, clock })
      budgetRoutes(v1, context, deps.budgets)
      projectionRoutes(v1, { db }, projections)
      commandRoutes(v1, deps.commands)
      capabilityRoutes(v1)
      streamRoutes(v1, hub, { ...live, reads: deps.reads, db })
      signInRoutes(v1, deps.access)
      meRoutes(v1, deps.access)
      secondFactorRoutes(v1, deps.access)
      userRoutes(v1, context, deps.access)
      zoomConnectionRoutes(v1, context)
      apiKeyRoutes(v1, context, deps.access)
      securityLogRoutes(v1, context)
      panelRoutes(v1, context, deps)
      tokenRoutes(v1, deps.access)
      redriveRoutes(v1, work)
      rebuildRoutes(v1, { ...work, db, questions })
      whatIfRoutes(v1, { ...work, questions, whatIfs: deps.whatIfs })
    },
    { prefix: '/v1' }
  )
}

/** The log or Redis do not answer: not the client's fault, and it passes. */
function awayProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof TransientError)) return null
  const detail = 'Something that the answer needs is away right now; try again soon'
  return new HttpProblem(503, 'TEMPORARILY_UNAVAILABLE', detail, { retryAfterSeconds: 1, cause: error })
}
