import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { twilioSignature } from '@leadlog/simulators'
import { formFields } from './form-fields.ts'
import { isFromTwilio, type SignedRequest } from './is-from-twilio.ts'
import { requestUrl } from './request-url.ts'

const TOKEN = '12345678901234567890123456789012'
const FORM = 'application/x-www-form-urlencoded; charset=UTF-8'
const samples = new URL('../../simulators/src/samples/', import.meta.url)

function request(url: string, body: string, signature: string, rest: Partial<SignedRequest> = {}): SignedRequest {
  return { method: 'POST', url, contentType: FORM, body: Buffer.from(body), signature, ...rest }
}

void t.test('published and recorded signatures', (t) => {
  const url = 'https://app.example.com/hooks/twilio/voice?tenant=t1'
  const body =
    'AccountSid=AC00000000000000000000000000000001&CallSid=CA00000000000000000000000000000a01&CallStatus=ringing&From=%2B14155550142&To=%2B16465550100&Body=Zo%C3%AB+%26+co%3Dok'
  const form = request(url, body, 'EP/MxCoQTl/xTq9kF2q2uIyM8AM=')
  t.ok(isFromTwilio(form, [TOKEN]))
  t.ok(isFromTwilio(form, ['another', TOKEN]), 'one of two while they rotate')
  t.ok(isFromTwilio({ ...form, url: url.replace('.com/', '.com:443/') }, [TOKEN]), 'with the port')
  t.notOk(isFromTwilio(form, []), 'without a token nobody is')
  t.notOk(isFromTwilio(form, ['another']))
  t.notOk(isFromTwilio({ ...form, url: url.replace('https:', 'http:') }, [TOKEN]))
  t.notOk(isFromTwilio({ ...form, url: `${url}&more=1` }, [TOKEN]))
  t.notOk(isFromTwilio({ ...form, url: 'not an address' }, [TOKEN]))
  t.notOk(isFromTwilio({ ...form, signature: '' }, [TOKEN]))
  t.notOk(isFromTwilio({ ...form, contentType: 'text/plain' }, [TOKEN]), 'a body that is no form was not signed')
  t.notOk(isFromTwilio({ ...form, body: Buffer.from(body.replace('ringing', 'completed')) }, [TOKEN]))

  const twiml = 'https://app.example.com/hooks/twilio/twiml?x=1'
  const get = request(twiml, '', 'epV/VfSr5n6UHbpZM+W+1MtjOZw=', { method: 'GET', contentType: undefined })
  t.ok(isFromTwilio(get, [TOKEN]))
  t.ok(isFromTwilio(request(twiml, 'Media=b&Media=a&Media=a&Z=1', 'asW8nTVgwsvIuMvfYaJnaYLWNxM='), [TOKEN]))

  const json = request(
    'https://app.example.com/hooks/twilio/json?bodySHA256=48d78f5c5b957756ad675de989a4c474ed4c834a1deb77a42671d7723240bcb4',
    '{"EventType":"onMessageAdded","Body":"hi"}',
    'CloVeey1y13puuAJusyqHOQaHKw=',
    { contentType: 'application/json' }
  )
  t.ok(isFromTwilio(json, [TOKEN]))
  t.notOk(isFromTwilio({ ...json, body: Buffer.from('{"EventType":"onMessageAdded","Body":"ho"}') }, [TOKEN]))

  const published = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212'
  const example = request('https://mycompany.com/myapp.php?foo=1&bar=2', published, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')
  t.ok(isFromTwilio(example, ['12345']))
  t.end()
})

void t.test('a second reading of the scheme agrees on every documented request', (t) => {
  const names = readdirSync(samples).filter((name) => name.startsWith('twilio.'))
  t.ok(names.length > 20)
  for (const name of names) {
    const fields = JSON.parse(readFileSync(new URL(name, samples), 'utf8')) as Record<string, string>
    const form = new URLSearchParams(fields)
    const url = requestUrl('https://leadlog.example.com/', '/webhooks/twilio/any?a=%20b', 'internal:8081')
    t.equal(url, 'https://leadlog.example.com/webhooks/twilio/any?a=%20b', 'the proxy in front does not matter')
    const signed = request(url, form.toString(), twilioSignature(TOKEN, url, form))
    t.ok(isFromTwilio(signed, [TOKEN]), name)
    form.append('Injected', '1')
    t.notOk(isFromTwilio({ ...signed, body: Buffer.from(form.toString()) }, [TOKEN]), `${name}, with a field more`)
  }
  t.end()
})

void t.test('keys of a form stay as they are signed', (t) => {
  t.strictSame(formFields('a%5Bb%5D=1&c=x+y&c=z&__proto__=p'), { 'a[b]': '1', c: ['x y', 'z'], ['__proto__']: 'p' })
  t.end()
})

void t.test('a form that repeats one key is read at once: each value that copied those before it took minutes', (t) => {
  t.equal(formFields('a&'.repeat(100_000))['a']?.length, 100_000)
  t.end()
})
