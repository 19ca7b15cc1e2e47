import { PermanentError, TransientError } from '@leadlog/contracts'
import type { Classification, VendorResponse } from '@leadlog/outbound'
import { StaleTokenError } from '../crm-call.ts'
import { isJsonObject, parseVendorJson, textIn } from '../vendor-json.ts'
import { hubspotErrors } from './hubspot-errors.ts'

/** HubSpot names the limit and not the time. The rolling one lets calls in again within its ten seconds. */
const ROLLING_PAUSE_MS = 10_000
const SECONDLY_PAUSE_MS = 1_000
/**
 * The day ends at midnight in the account's time zone, which no answer tells, and a call before that is refused again:
 * so a few calls a day are spent on finding out, and none on insisting.
 */
const DAILY_PAUSE_MS = 30 * 60_000

const INTERVAL_HEADER = 'x-hubspot-ratelimit-interval-milliseconds'

/** Answers with these statuses and a category speak of the record, not of the request: whoever called reads them. */
const aboutTheRecord = new Set([400, 404, 409])
/** Locked by an import, or moving to another data centre: certainly not done, and over by itself. */
const passing = new Set([423, 477])

/**
 * What an answer means for the request as a whole. Undefined leaves it to the rules for statuses: a 5xx may come after
 * the work was done.
 */
export function classifyHubspotAnswer(response: VendorResponse): Classification | undefined {
  const { status } = response
  if (status >= 200 && status < 300) return { kind: 'ok' }
  const parsed = parseVendorJson(response.text())
  const body = isJsonObject(parsed) ? parsed : {}
  const category = textIn(body, 'category')
  if (status === 429) return limited(response, textIn(body, 'policyName'))
  if (passing.has(status)) {
    const error = new TransientError(hubspotErrors.unavailable, `HubSpot is not ready for the call: HTTP ${status}`, {
      countsAsAttempt: false
    })
    return { kind: 'failed', error }
  }
  if (status >= 500 || status === 408 || status < 400) return undefined
  const answer = `${category ?? 'no category'}, HTTP ${status}`
  if (status === 401) {
    const message = `HubSpot does not take the access token: ${answer}`
    return { kind: 'failed', error: new StaleTokenError(hubspotErrors.token, message) }
  }
  if (status === 403) {
    const scopes = 'crm.objects.contacts.read, crm.objects.contacts.write, crm.schemas.contacts.read and those of deals'
    const message = `The connected app may not do this: ${answer}. Grant the scopes ${scopes}`
    return { kind: 'failed', error: new PermanentError(hubspotErrors.credentials, message) }
  }
  if (aboutTheRecord.has(status) && category !== null) return { kind: 'ok' }
  const message = `HubSpot does not take the request: ${answer}. Check HUBSPOT_API_URL and the object type in the mapping`
  return { kind: 'failed', error: new PermanentError(hubspotErrors.rejected, message) }
}

function limited({ headers }: VendorResponse, policy: string | null): Classification {
  if ('retry-after' in headers) return { kind: 'rate-limited' }
  if (policy === 'DAILY') return { kind: 'rate-limited', retryAfterMs: DAILY_PAUSE_MS }
  if (policy === 'SECONDLY') return { kind: 'rate-limited', retryAfterMs: SECONDLY_PAUSE_MS }
  const interval = Number(headers[INTERVAL_HEADER])
  return { kind: 'rate-limited', retryAfterMs: interval > 0 ? interval : ROLLING_PAUSE_MS }
}
