import { Type, type TSchema } from '@sinclair/typebox'
import { formFields, isFromTwilio, oneValueEach, requestUrl } from '@leadlog/twilio'
import { secretNotConfigured, signatureInvalid, signatureMissing } from '../errors.ts'
import { parsedJson } from '../webhooks/parsed-json.ts'
import type { Provider, RawDelivery, Verdict } from './provider.ts'
import { headerValue } from './signature.ts'

interface TwilioOptions {
  readonly authTokens: readonly string[]
  /** Beginning of the addresses as configured at Twilio. */
  readonly publicUrl: string | undefined
}

/** A kind of callback: what names one, and whether anything here reads it. */
interface Callback {
  readonly schema: TSchema
  /** For what is of a conference, and of no call. */
  readonly ofConference?: TSchema
  readonly handled: boolean
  readonly externalId: (fields: Readonly<Record<string, string>>) => readonly string[]
}

/** Ours are an id and its name. */
const LONGEST_REFERENCE = 200

const Text = Type.String({ minLength: 1 })
const MessageFields = Type.Object({ MessageSid: Text })

/** By the last part of their path. Twilio repeats a callback with the same fields, so these tell a repeat. */
const callbacks: Readonly<Record<string, Callback>> = {
  'voice-status': {
    schema: Type.Object({ CallSid: Text, CallStatus: Text }),
    handled: true,
    externalId: ({ CallSid = '', CallStatus = '', CallbackSource = '', SequenceNumber }) =>
      SequenceNumber === undefined ? [CallSid, CallStatus] : [CallSid, CallbackSource, SequenceNumber]
  },
  recording: {
    schema: Type.Object({ CallSid: Text, RecordingSid: Text, RecordingStatus: Text }),
    ofConference: Type.Object({ ConferenceSid: Text, RecordingSid: Text, RecordingStatus: Text }),
    handled: true,
    externalId: ({ RecordingSid = '', RecordingStatus = '' }) => [RecordingSid, RecordingStatus]
  },
  conference: {
    schema: Type.Object({ ConferenceSid: Text, SequenceNumber: Text }),
    handled: true,
    externalId: ({ ConferenceSid = '', SequenceNumber = '' }) => [ConferenceSid, SequenceNumber]
  },
  sms: { schema: MessageFields, handled: true, externalId: ({ MessageSid = '' }) => [MessageSid] },
  'sms-status': {
    schema: Type.Object({ MessageSid: Text, MessageStatus: Text }),
    handled: true,
    externalId: ({ MessageSid = '', MessageStatus = '' }) => [MessageSid, MessageStatus]
  }
}

/**
 * Twilio's callbacks: forms, signed with the address that is configured there. The signature has no time, so a replay is
 * recognised by what it is about alone.
 */
export function twilioProvider(options: TwilioOptions): Provider {
  return {
    name: 'twilio',
    hasSource: true,
    sources: new Set(Object.keys(callbacks)),
    verify: (delivery) => verify(delivery, options),
    parse: ({ headers, body }) =>
      headerValue(headers['content-type'])?.includes('json') === true
        ? parsedJson(body)
        : oneValueEach(formFields(body)),
    schema(payload, { source }) {
      const { schema = Type.Never(), ofConference = schema } = callbacks[source] ?? {}
      return isOfConference(payload) ? ofConference : schema
    },
    identify(payload, { source, url }) {
      const callback = callbacks[source]
      const externalId = callback?.externalId(payload as Readonly<Record<string, string>>) ?? []
      return { eventType: source, externalId, handled: callback?.handled ?? false, reference: referenceOf(url) }
    }
  }
}

function isOfConference(payload: unknown): boolean {
  const { CallSid = '', ConferenceSid = '' } = (payload ?? {}) as Readonly<Record<string, unknown>>
  return CallSid === '' && ConferenceSid !== ''
}

/** The id that we put into the address of a callback. The signature covers it. */
function referenceOf(url: string): string | undefined {
  const query = new URL(url, 'http://localhost').searchParams
  query.delete('bodySHA256')
  const reference = query.toString()
  return reference === '' || reference.length > LONGEST_REFERENCE ? undefined : reference
}

function verify({ headers, url, body }: RawDelivery, { authTokens, publicUrl }: TwilioOptions): Verdict {
  if (authTokens.length === 0) throw secretNotConfigured('TWILIO_AUTH_TOKEN')
  const signature = headerValue(headers['x-twilio-signature'])
  if (signature === undefined || signature === '') throw signatureMissing('X-Twilio-Signature is missing')
  const signed = requestUrl(publicUrl, url, headers.host)
  const contentType = headerValue(headers['content-type'])
  if (!isFromTwilio({ method: 'POST', url: signed, contentType, body, signature }, authTokens)) {
    throw signatureInvalid(
      `The signature does not fit. The address at Twilio must be ${signed}, letter for letter; PUBLIC_URL is its beginning`
    )
  }
  return { scheme: 'twilio-hmac-sha1' }
}
