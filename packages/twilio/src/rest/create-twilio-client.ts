import { PermanentError, type Lane } from '@leadlog/contracts'
import {
  createVendorClient,
  type Budget,
  type CallEnded,
  type Circuit,
  type OutboundLogger,
  type VendorClient
} from '@leadlog/outbound'
import { readAccount } from './account.ts'
import { recordingMedia } from './media.ts'
import { classifyTwilio, retryAfter, twilioCodeOf } from './refusal.ts'
import { callOf, conferenceOf, messageOf, participantOf, recordingOf } from './resources.ts'
import { openSdk } from './sdk.ts'
import { rotatingAuthorization } from './rotating-authorization.ts'
import type { TwilioConnection } from './twilio-client.ts'

export interface TwilioClientOptions {
  /** `AC…` */
  accountSid: string
  /** Tried in this order: two while one replaces the other. */
  authTokens: readonly string[]
  /** Default Twilio's own. From `TWILIO_API_URL`, so that a simulator can stand in. */
  baseUrl?: string | undefined
  /** See the vendor client of packages/outbound. */
  privateHosts?: readonly string[]
  budget?: Budget
  circuit?: Circuit
  /** Default `live`. */
  lane?: Lane
  /** Default 30,000, as Twilio's own library. */
  timeoutMs?: number
  onCallEnded?: (call: CallEnded) => void
  logger?: OutboundLogger
}

/** The largest page that Twilio gives. */
const PAGE_SIZE = 1_000
const RECENT_PAGE_SIZE = 50
/** More than anybody has in one conference or call. */
const MOST_LISTED = 1_000
const DEFAULT_BASE_URL = 'https://api.twilio.com'

/**
 * A client over Twilio's own library.
 *
 * @throws TypeError for an account that is none or without a token
 */
export function createTwilioClient(options: TwilioClientOptions): TwilioConnection {
  const { accountSid, authTokens, baseUrl = DEFAULT_BASE_URL, lane = 'live', ...rest } = options
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) {
    throw new TypeError('TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits, as the console shows it')
  }
  if (authTokens.length === 0) throw new TypeError('TWILIO_AUTH_TOKEN is missing: Twilio answers nobody without it')
  const client = createVendorClient({
    ...rest,
    vendor: 'twilio',
    baseUrl,
    classify: classifyTwilio,
    readRetryAfterMs: retryAfter
  })
  const vendor = rotatingAuthorization(client, accountSid, authTokens)
  return clientIn(vendor, accountSid, lane)
}

function clientIn(vendor: VendorClient, accountSid: string, lane: Lane): TwilioConnection {
  const account = openSdk({ accountSid, vendor, lane }).api.v2010.account

  return {
    inLane: (other) => clientIn(vendor, accountSid, other),

    account: (signal) => readAccount(vendor, { accountSid, lane, signal }),

    async createCall({ timeoutSeconds, statusCallbackEvents, ...rest }) {
      const request = { ...rest, timeout: timeoutSeconds, statusCallbackEvent: [...statusCallbackEvents] }
      return callOf(await account.calls.create(request))
    },

    async listCalls({ startedAfter, pageSize = pageSizeFor(startedAfter), ...filter }) {
      const query = { ...defined({ ...filter, status: filter.status as never }), pageSize }
      return since(startedAfter, account.calls.page(query), callOf)
    },

    call: async (sid) => callOf(await account.calls(checked(sid, 'CA')).fetch()),

    async updateCall(sid, update) {
      return callOf(await account.calls(checked(sid, 'CA')).update(update))
    },

    sendMessage: async (message) => messageOf(await account.messages.create({ ...message })),

    async listMessages({ sentAfter, pageSize = pageSizeFor(sentAfter), ...filter }) {
      const query = { ...defined(filter), pageSize }
      return since(sentAfter, account.messages.page(query), messageOf)
    },

    message: async (sid) => messageOf(await account.messages(checked(sid, 'SM', 'MM')).fetch()),

    async conferences({ friendlyName, status }) {
      const filter = { ...defined({ friendlyName, status: status as never }), limit: MOST_LISTED, pageSize: PAGE_SIZE }
      return (await account.conferences.list(filter)).map(conferenceOf)
    },

    async updateConference(sid, { status }) {
      return conferenceOf(await account.conferences(checked(sid, 'CF')).update({ status }))
    },

    async participants(conferenceSid) {
      const conference = account.conferences(checked(conferenceSid, 'CF'))
      return (await conference.participants.list({ limit: MOST_LISTED, pageSize: PAGE_SIZE })).map(participantOf)
    },

    async addParticipant(
      conference,
      { timeoutSeconds, statusCallbackEvents, conferenceStatusCallbackEvents, ...rest }
    ) {
      const participant = await account.conferences(named(conference)).participants.create({
        ...rest,
        timeout: timeoutSeconds,
        statusCallbackEvent: [...statusCallbackEvents],
        conferenceStatusCallbackEvent: [...conferenceStatusCallbackEvents]
      })
      return participantOf(participant)
    },

    async updateParticipant(conferenceSid, callSid, update) {
      const conference = account.conferences(checked(conferenceSid, 'CF'))
      return participantOf(await conference.participants(checked(callSid, 'CA')).update({ ...update }))
    },

    async removeParticipant(conferenceSid, callSid) {
      const conference = account.conferences(checked(conferenceSid, 'CF'))
      await unlessGone(conference.participants(checked(callSid, 'CA')).remove())
    },

    recording: async (sid) => recordingOf(await account.recordings(checked(sid, 'RE')).fetch()),

    async recordings(filter) {
      return (await account.recordings.list({ ...filter, limit: MOST_LISTED, pageSize: PAGE_SIZE })).map(recordingOf)
    },

    async listRecordings({ createdAfter }) {
      const query = { dateCreatedAfter: createdAfter, pageSize: PAGE_SIZE }
      return since(createdAfter, account.recordings.page(query), recordingOf)
    },

    recordingMedia: (url, range) => recordingMedia(vendor, { accountSid, url, range, lane }),

    deleteRecording: async (sid) => unlessGone(account.recordings(checked(sid, 'RE')).remove()),

    close: () => vendor.close()
  }
}

/** Who looks for what they made a moment ago finds it at the beginning. */
function pageSizeFor(after: Date | undefined): number {
  return after === undefined ? PAGE_SIZE : RECENT_PAGE_SIZE
}

interface Page<Instance> {
  instances: Instance[]
  nextPage(): Promise<Page<Instance>> | undefined
}

/** What was made at a time or later, page after page; without a time the newest page. Twilio's times are whole seconds. */
async function since<Instance, Known extends { readonly createdAt: Date | null }>(
  after: Date | undefined,
  first: Promise<Page<Instance>>,
  read: (instance: Instance) => Known
): Promise<Known[]> {
  const earliest = after === undefined ? -Infinity : Math.floor(after.getTime() / 1_000) * 1_000
  const found: Known[] = []
  for (let page: Page<Instance> | undefined = await first; page !== undefined; page = await page.nextPage()) {
    for (const instance of page.instances) {
      const known = read(instance)
      if ((known.createdAt?.getTime() ?? Infinity) < earliest) return found
      found.push(known)
    }
    if (after === undefined) return found
  }
  return found
}

/** Deleting what is gone has come to what was wanted. */
async function unlessGone(removal: Promise<boolean>): Promise<void> {
  try {
    await removal
  } catch (error) {
    if (twilioCodeOf(error) !== 20404) throw error
  }
}

function checked(sid: string, ...prefixes: readonly string[]): string {
  if (/^[A-Z]{2}[0-9a-fA-F]{32}$/.test(sid) && prefixes.includes(sid.slice(0, 2))) return sid
  throw new PermanentError('TWILIO_SID_INVALID', `A sid here is ${prefixes.join(' or ')} and 32 hexadecimal digits.`)
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>
}

/** A conference by its name: it stands in the path. */
function named(conference: string): string {
  if (/^[\w .:-]{1,128}$/.test(conference)) return conference
  throw new PermanentError('TWILIO_SID_INVALID', 'The name of a conference here is letters, digits, spaces and . : _ -')
}
