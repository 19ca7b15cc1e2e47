import { fastify } from 'fastify'
import type { FastifyInstance } from 'fastify'
import { readConfig } from './config.ts'
import type { SimulatorSecrets } from './config.ts'
import { answerRoutes } from './control/answer.routes.ts'
import { controlRoutes } from './control/control.routes.ts'
import { inspectRoutes } from './control/inspect.routes.ts'
import { calendly } from './calendly/calendly.ts'
import { liveRoutes } from './control/live.routes.ts'
import { senderRoutes } from './control/sender.routes.ts'
import { readai } from './readai/readai.ts'
import { gemini } from './gemini/gemini.ts'
import { openai } from './openai/openai.ts'
import { hubspot } from './hubspot/hubspot.ts'
import { mailboxPage } from './mailbox/mailbox-page.ts'
import { mailboxRoutes } from './mailbox/mailbox.routes.ts'
import { createSmtpReceiver } from './mailbox/smtp-receiver.ts'
import type { SmtpReceiver } from './mailbox/smtp-receiver.ts'
import { overviewPage } from './page/overview-page.ts'
import { slack } from './slack/slack.ts'
import { createState } from './state.ts'
import type { SimulatorState, StateOptions } from './state.ts'
import { stripeRest } from './stripe/stripe-rest.ts'
import { stripeRoutes } from './stripe/stripe.routes.ts'
import { callRoutes } from './twilio/call.routes.ts'
import { twilioRest } from './twilio/twilio-rest.ts'
import { mountVendor } from './vendor-plugin.ts'
import type { Vendor } from './vendor-plugin.ts'
import { zohoAccounts } from './zoho/zoho-accounts.ts'
import { zohoCrm } from './zoho/zoho-crm.ts'
import { zoomControlRoutes } from './zoom/zoom-control.routes.ts'
import { zoom } from './zoom/zoom.ts'

export interface SimulatorOptions extends Omit<StateOptions, 'stopping' | 'stripeWebhookSecret'> {
  /** The secrets of the fictional accounts by default. */
  secrets?: SimulatorSecrets
  /** Level of the server's own log; silent by default. */
  logLevel?: string
}

/** The vendors as one HTTP server, and what they hold. */
export interface Simulators {
  app: FastifyInstance
  state: SimulatorState
  /** The mail server; the caller listens. It closes with the app. */
  smtp: SmtpReceiver
}

/** The page runs its own script and loads nothing. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"

const vendorsOf = (state: SimulatorState, secrets: SimulatorSecrets): Vendor[] => [
  zohoAccounts(
    {
      clientId: secrets.zohoClientId,
      clientSecret: secrets.zohoClientSecret,
      refreshToken: secrets.zohoRefreshToken
    },
    state.zohoTokens,
    state.settings
  ),
  zohoCrm({
    clock: state.clock,
    settings: state.settings,
    store: state.zoho,
    tokens: state.zohoTokens,
    credits: state.zohoCredits,
    atWork: () => state.journal.atWork('zoho')
  }),
  hubspot({
    clock: state.clock,
    settings: state.settings,
    store: state.hubspot,
    tokens: state.hubspotTokens,
    limits: state.hubspotLimits,
    credentials: {
      accessToken: secrets.hubspotAccessToken,
      clientId: secrets.hubspotClientId,
      clientSecret: secrets.hubspotClientSecret,
      refreshToken: secrets.hubspotRefreshToken
    }
  }),
  gemini({ apiKey: secrets.geminiApiKey, book: state.answers, latencyMs: () => state.settings.llmLatencyMs }),
  openai({
    apiKey: secrets.openaiApiKey,
    book: state.answers,
    clock: state.clock,
    latencyMs: () => state.settings.llmLatencyMs,
    recording: (sid) => state.twilio.recordings.get(sid)
  }),
  slack(state.slack, state.clock, state.settings),
  calendly({ apiToken: secrets.calendlyApiToken, store: state.calendly, clock: state.clock }),
  readai({ apiKey: secrets.readaiApiKey, store: state.readai, clock: state.clock }),
  twilioRest({
    accountSid: secrets.twilioAccountSid,
    authToken: secrets.twilioAuthToken,
    clock: state.clock,
    settings: state.settings,
    store: state.twilio,
    line: state.twilioLine,
    atWork: () => state.journal.atWork('twilio')
  }),
  zoom({
    credentials: {
      clientId: secrets.zoomClientId,
      clientSecret: secrets.zoomClientSecret,
      accountId: secrets.zoomAccountId
    },
    webhookSecret: secrets.zoomWebhookSecret,
    clock: state.clock,
    settings: state.settings,
    store: state.zoom,
    grants: state.zoomGrants,
    limits: state.zoomLimits
  }),
  stripeRest({ secretKey: secrets.stripeSecretKey, store: state.stripe.store, desk: state.stripe.desk })
]

/**
 * Builds every simulated vendor behind one server, each below its prefix. The caller listens and closes; closing ends
 * answers that are held back and leaves the state file complete.
 */
export const createSimulators = async (options: SimulatorOptions = {}): Promise<Simulators> => {
  const secrets = options.secrets ?? readConfig({}).secrets
  const stopping = new AbortController()
  const state = createState({
    ...options,
    stopping: stopping.signal,
    twilioAccount: { sid: secrets.twilioAccountSid, authToken: secrets.twilioAuthToken },
    stripeWebhookSecret: secrets.stripeWebhookSecret
  })
  const app = fastify({
    logger: { level: options.logLevel ?? 'silent' },
    forceCloseConnections: true,
    // A misspelt member of a control request is an error, not left out.
    ajv: { customOptions: { removeAdditional: false } }
  })

  app.decorateRequest('vendorCall', null)
  const smtp = createSmtpReceiver(state.mailbox, state.clock)
  app.addHook('preClose', async () => {
    stopping.abort()
  })
  app.addHook('onClose', () => smtp.close())
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).send(overviewPage(state))
  )
  app.get('/mailbox', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .header('referrer-policy', 'no-referrer')
      .send(mailboxPage(state.mailbox.list()))
  )
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async () => ({ ok: true }))
  await app.register(controlRoutes(state), { prefix: '/_control' })
  await app.register(answerRoutes(state.answers), { prefix: '/_control/llm' })
  await app.register(senderRoutes(state, secrets), { prefix: '/_control' })
  await app.register(liveRoutes(state, secrets), { prefix: '/_control' })
  await app.register(inspectRoutes(state), { prefix: '/_control' })
  await app.register(callRoutes(state, secrets), { prefix: '/_control/twilio' })
  await app.register(zoomControlRoutes(state, secrets), { prefix: '/_control/zoom' })
  await app.register(stripeRoutes(state), { prefix: '/_control/stripe' })
  await app.register(mailboxRoutes(state.mailbox), { prefix: '/_control' })
  for (const vendor of vendorsOf(state, secrets)) {
    await mountVendor(app, vendor, {
      clock: state.clock,
      journal: state.journal,
      faults: state.faults,
      stopping: stopping.signal
    })
  }
  return { app, state, smtp }
}
