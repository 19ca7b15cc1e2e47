import t from 'tap'
import { calendlySignature } from '../calendly/calendly-signature.ts'
import { readaiSignature } from '../readai/readai-signature.ts'
import { standardSignature } from '../standard-webhooks/standard-signature.ts'
import { stripeSignature } from '../stripe/stripe-sender.ts'
import vectors from './signature-vectors.json' with { type: 'json' }

const seconds = (text: string | number): Date => new Date(Number(text) * 1000)

await t.test('Calendly signs as its vector says', async (t) => {
  const { secret, t: at, body, headers } = vectors.calendly
  t.strictSame(calendlySignature(body, secret, seconds(at)), headers)
  t.notSame(calendlySignature(`${body} `, secret, seconds(at)), headers)
})

await t.test('Read.ai signs with the decoded key', async (t) => {
  const { signing_key_base64: key, body, headers, wrong_if_key_used_as_utf8: wrong } = vectors.readai
  t.strictSame(readaiSignature(body, key), headers)
  t.not(headers['X-Read-Signature'], wrong)
})

for (const name of ['standard_webhooks', 'standard_webhooks_own'] as const) {
  await t.test(`${name}: signs as the vector says`, async (t) => {
    const { secret, body, headers } = vectors[name]
    t.strictSame(standardSignature(body, secret, headers['webhook-id'], seconds(headers['webhook-timestamp'])), headers)
  })
}

await t.test('Stripe signs with the whole secret as text', async (t) => {
  const body =
    '{"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{"id":"cs_test_1","object":"checkout.session"}}}'
  const signature = 'v1=84ad859ee5106c0c00183fe67174091e2da85ea070d6183ded813bf8a46e6e51'
  t.equal(stripeSignature('whsec_test_secret_0001', body, 1_795_017_605), `t=1795017605,${signature}`)
})
