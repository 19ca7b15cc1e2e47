import { createCalendlyStore } from './calendly/calendly-store.ts'
import type { CalendlyStore } from './calendly/calendly-store.ts'
import { createClock } from './clock.ts'
import { readConfig } from './config.ts'
import type { SimulatorClock } from './clock.ts'
import { createAnswerBook } from './llm/answer-book.ts'
import type { AnswerBook } from './llm/answer-book.ts'
import { createDeliveryEngine } from './delivery/delivery-engine.ts'
import type { DeliveryEngine } from './delivery/delivery-engine.ts'
import { createHubspotLimits } from './hubspot/hubspot-limits.ts'
import type { HubspotLimits } from './hubspot/hubspot-limits.ts'
import { hubspotSnapshot } from './hubspot/hubspot-snapshot.ts'
import { createHubspotStore } from './hubspot/hubspot-store.ts'
import type { HubspotStore } from './hubspot/hubspot-store.ts'
import { createHubspotTokens } from './hubspot/hubspot-tokens.ts'
import type { HubspotTokens } from './hubspot/hubspot-tokens.ts'
import { createMailboxStore } from './mailbox/mailbox-store.ts'
import type { MailboxStore } from './mailbox/mailbox-store.ts'
import { createReadaiStore } from './readai/readai-store.ts'
import type { ReadaiStore } from './readai/readai-store.ts'
import { createFaultBook } from './faults/fault-book.ts'
import type { FaultBook } from './faults/fault-book.ts'
import { createJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import { defaultSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { createSlackStore } from './slack/slack.ts'
import type { SlackStore } from './slack/slack.ts'
import { createSlidingWindow } from './sliding-window.ts'
import type { SlidingWindow } from './sliding-window.ts'
import { fileStateLog, memoryStateLog } from './state-log.ts'
import { createStripeDesk } from './stripe/stripe-desk.ts'
import type { StripeDesk } from './stripe/stripe-desk.ts'
import { createStripeSender } from './stripe/stripe-sender.ts'
import type { StripeSender } from './stripe/stripe-sender.ts'
import { createStripeStore } from './stripe/stripe-store.ts'
import type { StripeStore } from './stripe/stripe-store.ts'
import { createTwilioCalls } from './twilio/twilio-calls.ts'
import type { TwilioCalls } from './twilio/twilio-calls.ts'
import { scaledTime } from './twilio/line-time.ts'
import { createTwilioLine } from './twilio/twilio-line.ts'
import type { TwilioLine } from './twilio/twilio-line.ts'
import { createTwilioStore } from './twilio/twilio-store.ts'
import type { TwilioStore } from './twilio/twilio-store.ts'
import { zohoSnapshot } from './zoho/zoho-snapshot.ts'
import { createZohoStore } from './zoho/zoho-store.ts'
import type { ZohoStore } from './zoho/zoho-store.ts'
import { createZohoTokens } from './zoho/zoho-tokens.ts'
import type { ZohoTokens } from './zoho/zoho-tokens.ts'
import { createZoomGrants } from './zoom/zoom-grants.ts'
import type { ZoomGrants } from './zoom/zoom-grants.ts'
import { createZoomLimits } from './zoom/zoom-limits.ts'
import type { ZoomLimits } from './zoom/zoom-limits.ts'
import { createZoomStore } from './zoom/zoom-store.ts'
import type { ZoomStore } from './zoom/zoom-store.ts'

export interface StateOptions {
  /** Source of time; the machine's by default. */
  clock?: () => Date
  /** Decides ids and tokens. */
  seed?: string
  stateFile?: string | undefined
  settings?: Partial<Settings>
  /** Ends what waits, when the simulators stop. */
  stopping?: AbortSignal
  /** Of Twilio's account; the fictional one by default. */
  twilioAccount?: { sid: string; authToken: string }
  /** Signs what Stripe tells. */
  stripeWebhookSecret?: string
  /** Where Stripe's events go while nobody says otherwise; absent: they are kept. */
  stripeWebhookUrl?: string | undefined
}

/** Everything the vendors hold; tests read it, the control routes show it. */
export interface SimulatorState {
  clock: SimulatorClock
  settings: Settings
  journal: Journal
  faults: FaultBook
  zoho: ZohoStore
  zohoTokens: ZohoTokens
  zohoCredits: SlidingWindow
  hubspot: HubspotStore
  hubspotTokens: HubspotTokens
  hubspotLimits: HubspotLimits
  slack: SlackStore
  mailbox: MailboxStore
  /** What the language models answer. */
  answers: AnswerBook
  calendly: CalendlyStore
  readai: ReadaiStore
  /** Calls to the account's numbers, as they went. */
  twilioCalls: TwilioCalls
  /** What the account holds: calls, messages, conferences, recordings. */
  twilio: TwilioStore
  /** Its calls and messages that are under way. */
  twilioLine: TwilioLine
  /** Users and meetings of Zoom's account. */
  zoom: ZoomStore
  /** Who let the app act for them in Zoom. */
  zoomGrants: ZoomGrants
  zoomLimits: ZoomLimits
  /** Stripe's account, what its customers do, and how that is told. */
  stripe: { store: StripeStore; desk: StripeDesk; sender: StripeSender }
  /** The vendors' senders of webhooks. */
  deliveries: DeliveryEngine
  /** Records and notes of Zoho as canonical JSON without ids and times, for comparing two runs. */
  zohoSnapshot(omit?: readonly string[]): string
  /** The same of HubSpot's objects and their associations. */
  hubspotSnapshot(omit?: readonly string[]): string
  /** Forgets records, messages, journals, faults and settings. */
  reset(): void
}

const DEFAULT_SEED = 'leadlog'

export const createState = (options: StateOptions = {}): SimulatorState => {
  const clock = createClock(options.clock)
  const log = options.stateFile === undefined ? memoryStateLog() : fileStateLog(options.stateFile)
  const initialSettings = { ...defaultSettings, ...options.settings }
  const settings = { ...initialSettings }
  const journal = createJournal()
  const faults = createFaultBook()
  const zoho = createZohoStore(clock, log, () => settings.zohoSearchLagMs)
  const zohoTokens = createZohoTokens(clock, settings, options.seed ?? DEFAULT_SEED)
  const zohoCredits = createSlidingWindow(clock.now)
  const hubspot = createHubspotStore(clock, log, () => settings.hubspotSearchLagMs)
  const hubspotTokens = createHubspotTokens(clock, settings, options.seed ?? DEFAULT_SEED)
  const hubspotLimits = createHubspotLimits(clock, settings)
  const slack = createSlackStore(log)
  const mailbox = createMailboxStore(log)
  const answers = createAnswerBook()
  const calendly = createCalendlyStore()
  const readai = createReadaiStore()
  const twilioCalls = createTwilioCalls(log)
  const twilio = createTwilioStore(log, clock, options.seed ?? DEFAULT_SEED)
  const stopping = options.stopping ?? new AbortController().signal
  const deliveries = createDeliveryEngine(clock, settings, stopping)
  const { secrets } = readConfig({})
  const account = options.twilioAccount ?? { sid: secrets.twilioAccountSid, authToken: secrets.twilioAuthToken }
  const twilioLine = createTwilioLine({
    accountSid: account.sid,
    authToken: account.authToken,
    clock,
    settings,
    store: twilio,
    time: scaledTime(() => settings.twilioTimeScale, stopping),
    faults,
    stopping
  })
  const zoom = createZoomStore(log, options.seed ?? DEFAULT_SEED)
  const zoomGrants = createZoomGrants(log, clock, settings, options.seed ?? DEFAULT_SEED)
  const zoomLimits = createZoomLimits(clock, settings)
  const stripeStore = createStripeStore(log, clock, options.seed ?? DEFAULT_SEED)
  const stripeSender = createStripeSender({
    clock,
    settings,
    store: stripeStore,
    secret: options.stripeWebhookSecret ?? '',
    url: options.stripeWebhookUrl,
    stopping
  })
  const stripe = {
    store: stripeStore,
    sender: stripeSender,
    desk: createStripeDesk(stripeStore, stripeSender)
  }

  for (const { kind, value } of log.load()) {
    zoho.restore(kind, value)
    hubspot.restore(kind, value)
    slack.restore(kind, value)
    mailbox.restore(kind, value)
    twilioCalls.restore(kind, value)
    twilio.restore(kind, value)
    zoom.restore(kind, value)
    zoomGrants.restore(kind, value)
    stripeStore.restore(kind, value)
  }
  log.replace([
    ...zoho.remembered(),
    ...hubspot.remembered(),
    ...slack.remembered(),
    ...mailbox.remembered(),
    ...twilioCalls.remembered(),
    ...twilio.remembered(),
    ...zoom.remembered(),
    ...zoomGrants.remembered(),
    ...stripeStore.remembered()
  ])

  return {
    clock,
    settings,
    journal,
    faults,
    zoho,
    zohoTokens,
    zohoCredits,
    hubspot,
    hubspotTokens,
    hubspotLimits,
    slack,
    mailbox,
    answers,
    calendly,
    readai,
    twilioCalls,
    twilio,
    twilioLine,
    zoom,
    zoomGrants,
    zoomLimits,
    stripe,
    deliveries,
    zohoSnapshot: (omit) => zohoSnapshot(zoho, omit),
    hubspotSnapshot: (omit) => hubspotSnapshot(hubspot, omit),
    reset: () => {
      zoho.clear()
      zohoTokens.clear()
      zohoCredits.clear()
      hubspot.clear()
      hubspotTokens.clear()
      hubspotLimits.clear()
      slack.clear()
      mailbox.clear()
      answers.clear()
      calendly.clear()
      readai.clear()
      twilioCalls.clear()
      twilioLine.clear()
      twilio.clear()
      zoom.clear()
      zoomGrants.clear()
      zoomLimits.clear()
      stripeStore.clear()
      stripeSender.clear()
      deliveries.clear()
      journal.clear()
      faults.set([])
      Object.assign(settings, initialSettings)
      log.replace([])
    }
  }
}
