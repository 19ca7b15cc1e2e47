import { createHash } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { bodyInvalid, secretNotConfigured, signatureInvalid, signatureMissing } from '../errors.ts'
import { parsedJson } from '../webhooks/parsed-json.ts'
import type { Provider, RawDelivery, Verdict } from './provider.ts'
import { assertFresh, headerValue, hmacSha256, isEqual } from './signature.ts'

/** Zoom names no tolerance; five minutes is what receivers commonly allow, and retries are signed anew. */
const TOLERANCE_SECONDS = 300

/** What the meetings service reads; whatever else is subscribed to is stored and stays unused. */
const HANDLED: ReadonlySet<string> = new Set([
  'meeting.started',
  'meeting.ended',
  'meeting.participant_joined',
  'meeting.participant_left',
  'meeting.updated',
  'meeting.deleted',
  'recording.completed',
  'recording.transcript_completed',
  'app_deauthorized'
])

const VALIDATION = 'endpoint.url_validation'

/** Zoom's own tokens have 22 characters. */
const LONGEST_PLAIN_TOKEN = 64

/** The least that names a delivery; what it is about is found by what is there. */
const Delivery = Type.Object({
  event: Type.String({ minLength: 1 }),
  event_ts: Type.Optional(Type.Number()),
  payload: Type.Object({ object: Type.Optional(Type.Object({})) })
})

interface Payload {
  readonly event: string
  readonly event_ts?: number
  readonly payload: {
    readonly object?: {
      readonly uuid?: unknown
      readonly id?: unknown
      readonly participant?: { readonly participant_uuid?: unknown; readonly user_id?: unknown }
      readonly recording_files?: readonly { readonly id?: unknown }[]
    }
  }
}

/** Zoom: hex HMAC-SHA256 over `v0:<time>:<body>` in `x-zm-signature: v0=…`, and its validation of the address. */
export function zoomProvider(options: { secrets: readonly string[] }): Provider {
  const { secrets } = options
  return {
    name: 'zoom',
    hasSource: false,
    schema: () => Delivery,
    verify: (delivery) => verify(delivery, secrets),
    handshake: (delivery) => validation(delivery, secrets),
    identify(payload, { body }) {
      const { event, event_ts: at, payload: about } = payload as Payload
      // There is no id of the delivery: what happened, to which instance, to whom, and when.
      const object = about.object
      const files = (object?.recording_files ?? []).map(({ id }) => textOf(id))
      const parts = [
        textOf(object?.uuid) || textOf(object?.id),
        textOf(object?.participant?.participant_uuid) || textOf(object?.participant?.user_id),
        files.length === 0 ? '' : createHash('sha256').update(files.sort().join(' ')).digest('hex').slice(0, 16),
        at === undefined ? '' : String(at)
      ].filter((part) => part !== '')
      const named = parts.length > 1 ? parts : [createHash('sha256').update(body).digest('hex')]
      return { eventType: event, externalId: named, handled: HANDLED.has(event) }
    }
  }
}

function verify({ headers, body, now }: RawDelivery, secrets: readonly string[]): Verdict {
  if (secrets.length === 0) throw secretNotConfigured('ZOOM_WEBHOOK_SECRET')
  const signature = headerValue(headers['x-zm-signature'])
  const signedAt = headerValue(headers['x-zm-request-timestamp'])
  if (signature === undefined || signedAt === undefined) {
    throw signatureMissing('x-zm-signature and x-zm-request-timestamp are missing')
  }
  if (!/^\d{1,12}$/.test(signedAt)) throw signatureInvalid('x-zm-request-timestamp must be unix seconds')
  const isGenuine = secrets.some((secret) => {
    const digest = hmacSha256(secret, `v0:${signedAt}:`, body).toString('hex')
    return isEqual(signature.trim().toLowerCase(), `v0=${digest}`)
  })
  if (!isGenuine) {
    throw signatureInvalid('The signature does not fit the body: another secret token, or a changed body')
  }
  assertFresh(Number(signedAt), now, TOLERANCE_SECONDS)
  return { scheme: 'zoom-hmac-sha256' }
}

/**
 * The answer to Zoom's validation of the address, which comes signed or not; null for anything else. It signs what it is
 * given, so it takes nothing that could be the beginning of a signed text: that would sign a forged delivery.
 */
function validation(delivery: RawDelivery, secrets: readonly string[]): Readonly<Record<string, string>> | null {
  // Cheap, and before any parsing: deliveries are many and validations few.
  if (delivery.body.length > 1_024 || !delivery.body.includes(VALIDATION)) return null
  const body = parsedJson(delivery.body) as { event?: unknown; payload?: { plainToken?: unknown } } | null
  if (body?.event !== VALIDATION) return null
  const [secret] = secrets
  if (secret === undefined) throw secretNotConfigured('ZOOM_WEBHOOK_SECRET')
  if (headerValue(delivery.headers['x-zm-signature']) !== undefined) verify(delivery, secrets)
  const plainToken = body.payload?.plainToken
  if (typeof plainToken !== 'string' || plainToken.length > LONGEST_PLAIN_TOKEN || !/^[\w+/=-]+$/.test(plainToken)) {
    const message = `must be a token of letters, digits and _ - + / =, at most ${LONGEST_PLAIN_TOKEN} characters`
    throw bodyInvalid([{ path: '/payload/plainToken', message }])
  }
  return { plainToken, encryptedToken: hmacSha256(secret, plainToken).toString('hex') }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
