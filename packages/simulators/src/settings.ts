import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'

const Count = (description: string) => Type.Integer({ minimum: 1, description })
const OptionalCount = (description: string) => Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], { description })

/** Limits of the vendors that a test or a demo scales. */
export const Settings = Type.Object(
  {
    zohoTokensPerWindow: Count('Access tokens that one refresh token gives in a window.'),
    zohoTokenWindowMs: Count('Length of that window.'),
    zohoTokenLifetimeSeconds: Count('After this an access token is INVALID_TOKEN.'),
    zohoSearchLagMs: Type.Integer({ minimum: 0, description: 'How late the search index shows a write.' }),
    zohoConcurrency: Count('Requests at work at the same time; more are 429.'),
    zohoRequestsPerMinute: OptionalCount('Requests in any 60 s; more are 429. Off by default.'),
    zohoCreditsPerDay: Count('API credits in any 24 h; more are LIMIT_EXCEEDED.'),
    zohoRemovedFields: Type.Array(Type.String({ pattern: '^[A-Za-z]+\\.[A-Za-z_]+$' }), {
      description: 'Fields that an administrator deleted, for example Leads.Need; what was in them is not shown.'
    }),
    hubspotTokenLifetimeSeconds: Count('After this an OAuth token is EXPIRED_AUTHENTICATION.'),
    hubspotSearchLagMs: Type.Integer({ minimum: 0, description: 'How late the search index shows a write.' }),
    hubspotRequestsPerTenSeconds: OptionalCount('Requests in any 10 s, searches aside; more are 429.'),
    hubspotSearchesPerSecond: OptionalCount('Searches in any second; more are 429.'),
    hubspotRequestsPerDay: Count('Requests in any 24 h; more are 429.'),
    hubspotMultiStatus: Type.Boolean({ description: 'false: one refused object refuses its whole batch.' }),
    slackMessagesPerSecond: OptionalCount('Messages in any second; more are 429. Off by default.'),
    twilioConcurrency: OptionalCount('Requests at work at the same time; more are 20429. Off by default.'),
    twilioCallsPerSecond: Type.Number({ exclusiveMinimum: 0, description: 'More calls wait in a queue.' }),
    twilioMessagesPerSecond: Type.Number({
      exclusiveMinimum: 0,
      description: 'Parts of messages that one number sends; more wait in its queue.'
    }),
    twilioDeliveryMs: Type.Integer({ minimum: 0, description: 'From sending a message to its arrival.' }),
    twilioPricedAfterMs: Type.Integer({
      minimum: 0,
      description: 'How long after its end a call, a message or a recording has its price.'
    }),
    twilioAdvancedOptOut: Type.Boolean({ description: 'Whether inbound messages carry OptOutType.' }),
    twilioTimeScale: Type.Number({ exclusiveMinimum: 0, description: 'Seconds of a live call in one real second.' }),
    zoomTokenLifetimeSeconds: Count('After this an access token of Zoom is refused with 124.'),
    zoomDownloadTokenSeconds: Type.Integer({
      minimum: 0,
      description: "How long a webhook's token opens its files; 0: it is over at once."
    }),
    zoomLightPerSecond: OptionalCount('Light calls to Zoom in any second; more are 429.'),
    zoomMediumPerSecond: OptionalCount('The same of medium calls.'),
    zoomHeavyPerSecond: OptionalCount('The same of heavy calls.'),
    zoomMeetingWritesPerDay: Count('Meetings that a user may create or update in a day of UTC; more are 429.'),
    llmLatencyMs: Type.Integer({ minimum: 0, description: 'How long a model thinks.' }),
    deliveryTimeScale: Type.Number({
      exclusiveMinimum: 0,
      description: 'Seconds of retry schedule in one real second.'
    })
  },
  { additionalProperties: false }
)

export type Settings = Static<typeof Settings>

/** The vendors' documented limits; see the README for which of them are only known by hearsay. */
export const defaultSettings: Settings = {
  zohoTokensPerWindow: 10,
  zohoTokenWindowMs: 600_000,
  zohoTokenLifetimeSeconds: 3600,
  zohoSearchLagMs: 0,
  zohoConcurrency: 20,
  zohoRequestsPerMinute: null,
  zohoCreditsPerDay: 50_000,
  zohoRemovedFields: [],
  hubspotTokenLifetimeSeconds: 1800,
  hubspotSearchLagMs: 0,
  hubspotRequestsPerTenSeconds: 100,
  hubspotSearchesPerSecond: 5,
  hubspotRequestsPerDay: 250_000,
  hubspotMultiStatus: true,
  slackMessagesPerSecond: null,
  twilioConcurrency: null,
  twilioCallsPerSecond: 1,
  twilioMessagesPerSecond: 1,
  twilioDeliveryMs: 500,
  twilioPricedAfterMs: 5_000,
  twilioAdvancedOptOut: false,
  twilioTimeScale: 5,
  zoomTokenLifetimeSeconds: 3600,
  zoomDownloadTokenSeconds: 86_400,
  zoomLightPerSecond: 30,
  zoomMediumPerSecond: 20,
  zoomHeavyPerSecond: 10,
  zoomMeetingWritesPerDay: 100,
  llmLatencyMs: 0,
  deliveryTimeScale: 3600
}

/** A partial change, checked; the text is what is wrong with it. */
export const changeSettings = (settings: Settings, change: unknown): string | undefined => {
  const next = { ...settings, ...(typeof change === 'object' ? change : {}) }
  const [first] = Value.Errors(Settings, next)
  if (first !== undefined) return `${first.path.slice(1)}: ${first.message}`
  Object.assign(settings, next)
  return undefined
}
