import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { HttpProblem } from '@leadlog/service'
import { calendlyProvider } from './calendly.ts'
import type { Provider, RawDelivery } from './provider.ts'
import { readaiProvider } from './readai.ts'
import { standardProvider } from './standard.ts'
import { stripeProvider } from './stripe.ts'
import { twilioProvider } from './twilio.ts'

const SIGNED_AT = 1_795_017_605

const calendlyVector = {
  key: 'cal_test_signing_key_0001',
  body: '{"event":"invitee.created","payload":{"uri":"https://api.calendly.com/scheduled_events/E1/invitees/I1"}}',
  signature: '8e47fbe4e0a7041981f26c32c9ac953a29418f75ac131f4d0914e1cece170c8f'
}

const readaiVector = {
  key: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  body: '{"session_id":"01KA3883FYZSFZXE391Q0FMV39","trigger":"meeting_end","request_id":"6f0c1f8e-33a7-4a4e-9f51-7d5a3a0f2b10"}',
  signature: '2285106019ffa05582df8f0193eaf6a159c1f3a908ecb000e7902bf2c26762b4',
  signatureWithUndecodedKey: 'b4aa18f4489a62667430dcc376b2f7eab86b568dabc0ae1501157be063de3489'
}

const standardVectors = {
  published: {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
  },
  own: {
    secret: 'whsec_ZmljdGlvbmFsLTI0LWJ5dGUtc2VjcmV0',
    id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
    timestamp: SIGNED_AT,
    body: '{"type":"booking.created","timestamp":"2026-11-18T16:00:05Z","data":{"id":"bk_1"}}',
    signature: 'v1,4sQtR5C/vx5K9bU9MtqLxaSgHgItbs1Y6s8SfyZqWIc='
  }
}

function delivery(
  body: string,
  headers: Record<string, string>,
  options: { at?: number; source?: string; url?: string } = {}
): RawDelivery {
  return {
    headers,
    body: Buffer.from(body),
    source: options.source ?? '',
    url: options.url ?? '',
    now: new Date((options.at ?? SIGNED_AT) * 1000)
  }
}

function refusal(provider: Provider, raw: RawDelivery): string {
  try {
    provider.verify(raw)
    return 'accepted'
  } catch (error) {
    return error instanceof HttpProblem ? `${error.statusCode} ${error.code}` : `unexpected ${String(error)}`
  }
}

void t.test('calendly', (t) => {
  const provider = calendlyProvider({ signingKeys: [calendlyVector.key] })
  const header = (signature: string, at = SIGNED_AT) => ({ 'calendly-webhook-signature': `t=${at},v1=${signature}` })
  const { body, signature } = calendlyVector
  t.equal(refusal(provider, delivery(body, header(signature))), 'accepted', 'vector')
  t.equal(refusal(provider, delivery(`${body} `, header(signature))), '401 SIGNATURE_INVALID', 'changed body')
  t.equal(refusal(provider, delivery(body, header(signature, SIGNED_AT + 1))), '401 SIGNATURE_INVALID', 'changed time')
  t.equal(refusal(provider, delivery(body, header('00'.repeat(32)))), '401 SIGNATURE_INVALID', 'wrong signature')
  t.equal(refusal(provider, delivery(body, { 'calendly-webhook-signature': 'nonsense' })), '401 SIGNATURE_INVALID')
  t.equal(refusal(provider, delivery(body, {})), '401 SIGNATURE_MISSING')
  t.equal(
    refusal(provider, delivery(body, header(signature), { at: SIGNED_AT + 301 })),
    '401 SIGNATURE_STALE',
    'too old'
  )
  t.equal(
    refusal(provider, delivery(body, header(signature), { at: SIGNED_AT - 301 })),
    '401 SIGNATURE_STALE',
    'from the future'
  )
  t.equal(
    refusal(provider, delivery(body, header(signature), { at: SIGNED_AT + 299 })),
    'accepted',
    'within the tolerance'
  )
  t.equal(
    refusal(calendlyProvider({ signingKeys: ['old', calendlyVector.key] }), delivery(body, header(signature))),
    'accepted',
    'rotation'
  )
  t.equal(
    refusal(calendlyProvider({ signingKeys: [] }), delivery(body, header(signature))),
    '503 PROVIDER_NOT_CONFIGURED'
  )
  t.end()
})

void t.test('readai', (t) => {
  const provider = readaiProvider({ signingKeys: [readaiVector.key], sharedSecret: undefined })
  const { body, signature, signatureWithUndecodedKey } = readaiVector
  t.equal(refusal(provider, delivery(body, { 'x-read-signature': signature })), 'accepted', 'vector')
  t.equal(
    refusal(provider, delivery(body, { 'x-read-signature': signatureWithUndecodedKey })),
    '401 SIGNATURE_INVALID',
    'key used undecoded'
  )
  t.equal(
    refusal(provider, delivery(`${body}\n`, { 'x-read-signature': signature })),
    '401 SIGNATURE_INVALID',
    'changed body'
  )
  t.equal(refusal(provider, delivery(body, {})), '401 SIGNATURE_MISSING')
  t.equal(
    refusal(provider, delivery(body, { 'x-readai-secret': 'anything' })),
    '401 SIGNATURE_MISSING',
    'a secret does not stand in for a key'
  )
  const relayed = readaiProvider({ signingKeys: [readaiVector.key], sharedSecret: 's3cret' })
  t.equal(refusal(relayed, delivery(body, { 'x-readai-secret': 's3cret' })), 'accepted', 'shared secret of a relay')
  t.equal(refusal(relayed, delivery(body, { 'x-readai-secret': 's3cre' })), '401 SIGNATURE_INVALID')
  t.equal(
    refusal(relayed, delivery(body, { 'x-readai-secret': 's3cret', 'x-read-signature': '00' })),
    '401 SIGNATURE_INVALID',
    'a wrong signature is not saved by the secret'
  )
  t.equal(
    refusal(readaiProvider({ signingKeys: [], sharedSecret: undefined }), delivery(body, {})),
    '503 PROVIDER_NOT_CONFIGURED'
  )
  t.end()
})

void t.test('standard webhooks', (t) => {
  for (const [name, vector] of Object.entries(standardVectors)) {
    const provider = standardProvider({ secrets: new Map([['shop', [vector.secret]]]) })
    const headers = {
      'webhook-id': vector.id,
      'webhook-timestamp': String(vector.timestamp),
      'webhook-signature': vector.signature
    }
    const at = { at: vector.timestamp, source: 'shop' }
    t.equal(refusal(provider, delivery(vector.body, headers, at)), 'accepted', `${name} vector`)
    const svix = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key.replace('webhook', 'svix'), value])
    )
    t.equal(refusal(provider, delivery(vector.body, svix, at)), 'accepted', 'svix names')
    t.equal(
      refusal(provider, delivery(vector.body, { ...headers, 'webhook-signature': `v1,AAAA ${vector.signature}` }, at)),
      'accepted',
      'any may match'
    )
    t.equal(
      refusal(
        provider,
        delivery(vector.body, { ...headers, 'webhook-signature': vector.signature.replace('v1,', 'v1a,') }, at)
      ),
      '401 SIGNATURE_INVALID',
      'another scheme'
    )
    t.equal(refusal(provider, delivery(`${vector.body} `, headers, at)), '401 SIGNATURE_INVALID', 'changed body')
    t.equal(
      refusal(provider, delivery(vector.body, { ...headers, 'webhook-id': 'msg_other' }, at)),
      '401 SIGNATURE_INVALID',
      'changed id'
    )
    t.equal(
      refusal(provider, delivery(vector.body, headers, { ...at, at: vector.timestamp + 301 })),
      '401 SIGNATURE_STALE',
      'too old'
    )
    t.equal(
      refusal(provider, delivery(vector.body, headers, { ...at, at: vector.timestamp - 301 })),
      '401 SIGNATURE_STALE',
      'from the future'
    )
    t.equal(refusal(provider, delivery(vector.body, headers, { ...at, source: 'other' })), '404 PROVIDER_UNKNOWN')
    t.equal(refusal(provider, delivery(vector.body, {}, at)), '401 SIGNATURE_MISSING')
  }
  t.end()
})

void t.test('identities', (t) => {
  const calendly = calendlyProvider({ signingKeys: ['k'] })
  const raw = delivery('{}', {})
  t.strictSame(
    calendly.identify({ event: 'invitee.created', created_at: 'x', payload: { uri: 'u', updated_at: 'v' } }, raw),
    {
      eventType: 'invitee.created',
      externalId: ['u', 'v'],
      handled: true
    }
  )
  t.equal(calendly.identify({ event: 'routing_form_submission.created', payload: { uri: 'u' } }, raw).handled, false)
  const readai = readaiProvider({ signingKeys: ['k'], sharedSecret: undefined })
  t.strictSame(readai.identify({ session_id: 's', trigger: 'meeting_end', request_id: 'r' }, raw).externalId, [
    's',
    'r'
  ])
  const unnamed = readai.identify({ session_id: 's', trigger: 'meeting_end' }, delivery('{"a":1}', {}))
  t.match(unnamed.externalId[1], /^[0-9a-f]{64}$/, 'without a request id the body makes the difference')
  t.end()
})

void t.test('Twilio: the address is the configured one, and a repeat is told by what it is about', async (t) => {
  const provider = twilioProvider({ authTokens: ['another', '12345'], publicUrl: 'https://mycompany.com' })
  const form = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212'
  const headers = {
    host: 'internal:8081',
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8='
  }
  const at = { url: '/myapp.php?foo=1&bar=2', source: 'voice-status' }
  t.equal(refusal(provider, delivery(form, headers, at)), 'accepted', 'behind a proxy that ends TLS')
  t.equal(refusal(provider, delivery(form, headers, { ...at, url: '/myapp.php?foo=1' })), '401 SIGNATURE_INVALID')
  t.equal(refusal(provider, delivery(`${form}&x=1`, headers, at)), '401 SIGNATURE_INVALID')
  t.equal(refusal(provider, delivery(form, { host: 'internal' }, at)), '401 SIGNATURE_MISSING')
  const open = twilioProvider({ authTokens: ['12345'], publicUrl: undefined })
  t.equal(refusal(open, delivery(form, headers, at)), '401 SIGNATURE_INVALID', 'only the configured address counts')
  const without = twilioProvider({ authTokens: [], publicUrl: undefined })
  t.equal(refusal(without, delivery(form, headers, at)), '503 PROVIDER_NOT_CONFIGURED')

  const named = (source: string, fields: Record<string, string>) => {
    const raw = delivery(new URLSearchParams(fields).toString(), headers, { ...at, source })
    return provider.identify(provider.parse?.(raw), raw)
  }
  const status = { CallSid: 'CA1', CallStatus: 'completed' }
  t.strictSame(named('voice-status', status).externalId, ['CA1', 'completed'])
  const counted = { ...status, CallbackSource: 'call-progress-events', SequenceNumber: '3' }
  t.strictSame(named('voice-status', counted).externalId, ['CA1', 'call-progress-events', '3'])
  t.strictSame(named('recording', { CallSid: 'CA1', RecordingSid: 'RE1', RecordingStatus: 'absent' }), {
    eventType: 'recording',
    externalId: ['RE1', 'absent'],
    handled: true,
    reference: 'foo=1&bar=2'
  })
  // As Twilio documents it.
  const ofConference = {
    AccountSid: 'AC00000000000000000000000000000001',
    ConferenceSid: 'CF00000000000000000000000000000c01',
    RecordingSid: 'RE00000000000000000000000000000b01',
    RecordingStatus: 'completed',
    RecordingDuration: '288',
    RecordingChannels: '1',
    RecordingStartTime: 'Wed, 18 Nov 2026 16:00:20 +0000',
    RecordingSource: 'Conference'
  }
  const raw = delivery(new URLSearchParams(ofConference).toString(), headers, { ...at, source: 'recording' })
  const payload = provider.parse?.(raw)
  t.ok(Value.Check(provider.schema(payload, raw), payload), 'a recording of a conference is of no call')
  t.strictSame(named('recording', ofConference).externalId, [ofConference.RecordingSid, 'completed'])
  const lacks = (fields: Record<string, string>) =>
    [...Value.Errors(provider.schema(fields, raw), fields)].map(({ path }) => path)
  t.match(lacks({ RecordingSid: 'RE1', RecordingStatus: 'completed' }), ['/CallSid'])
  t.match(lacks({ ConferenceSid: 'CF1', RecordingStatus: 'completed' }), ['/RecordingSid'])
  t.match(lacks({ ConferenceSid: 'CF1', CallStatus: 'completed' }), ['/RecordingSid', '/RecordingStatus'])
  t.strictSame(named('sms', { MessageSid: 'SM1' }).handled, true)
  const addressed = (url: string) => provider.identify({ CallSid: 'CA1' }, delivery('', headers, { ...at, url }))
  t.equal(addressed('/webhooks/twilio/voice-status').reference, undefined)
  t.equal(addressed('/webhooks/twilio/sms-status?message=m1&bodySHA256=00').reference, 'message=m1')
  t.equal(addressed(`/webhooks/twilio/sms-status?message=${'x'.repeat(300)}`).reference, undefined, 'none of ours')
  t.strictSame(named('sms-status', { MessageSid: 'SM1', MessageStatus: 'sent' }).externalId, ['SM1', 'sent'])
  t.strictSame(named('conference', { ConferenceSid: 'CF1', SequenceNumber: '5' }).externalId, ['CF1', '5'])
})

const stripeVector = {
  secret: 'whsec_test_secret_0001',
  body: '{"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}',
  signature: '84ad859ee5106c0c00183fe67174091e2da85ea070d6183ded813bf8a46e6e51'
}

void t.test('Stripe: verified as its vector says, several signatures and secrets too', async (t) => {
  const { secret, body, signature } = stripeVector
  const provider = stripeProvider({ secrets: [secret] })
  const signed = (header: string, at?: number, text = body) =>
    refusal(provider, delivery(text, { 'stripe-signature': header }, at === undefined ? {} : { at }))
  t.equal(signed(`t=${SIGNED_AT},v1=${signature}`), 'accepted')
  t.equal(signed(`t=${SIGNED_AT},v1=${'0'.repeat(64)},v1=${signature},v0=${'1'.repeat(64)}`), 'accepted')
  t.equal(signed(`t=${SIGNED_AT},v0=${signature}`), '401 SIGNATURE_INVALID', 'another scheme')
  t.equal(signed(`t=${SIGNED_AT + 1},v1=${signature}`), '401 SIGNATURE_INVALID', 'another time')
  t.equal(signed(`t=${SIGNED_AT},v1=${signature}`, undefined, `${body} `), '401 SIGNATURE_INVALID', 'another body')
  t.equal(signed(`t=${SIGNED_AT},v1=${signature}`, SIGNED_AT + 301), '401 SIGNATURE_STALE')
  t.equal(signed(`t=${SIGNED_AT},v1=${signature}`, SIGNED_AT - 301), '401 SIGNATURE_STALE', 'from the future')
  t.equal(signed('nonsense'), '401 SIGNATURE_INVALID')
  t.equal(refusal(provider, delivery(body, {})), '401 SIGNATURE_MISSING')
  const raw = delivery(body, { 'stripe-signature': `t=${SIGNED_AT},v1=${signature}` })
  t.equal(refusal(stripeProvider({ secrets: ['whsec_new', secret] }), raw), 'accepted', 'while it rotates')
  t.equal(refusal(stripeProvider({ secrets: [] }), raw), '503 PROVIDER_NOT_CONFIGURED')
  t.strictSame(provider.identify(JSON.parse(body), raw), {
    eventType: 'checkout.session.completed',
    externalId: ['evt_1'],
    handled: true
  })
  const card = {
    id: 'evt_2',
    type: 'charge.succeeded',
    data: { object: { id: 'ch_1', object: 'charge', card: '4242' } }
  }
  t.notMatch(String(provider.keep?.(card)), '4242', 'what is stored is not what came')
})
