import { calendlyDelivery, readaiDelivery, sampleDay, sendDeliveries, type Delivery } from '@leadlog/simulators'
import { eventually, type OtlpReceiver } from '@leadlog/testing'
import type { Test } from 'tap'
import { scrapeAll } from './scrape.ts'
import type { TestSystem } from '../system/test-system.ts'

/** A person whose every trait is found wherever it appears. */
const PERSON = {
  first: 'Zephyrine',
  last: 'Quackenbusch',
  mailbox: 'zq-private',
  domain: 'xylotastic.example',
  phone: '+49 171 5550199',
  company: 'Xylotastic Manufakturen'
} as const

/** The same person where something goes wrong with them. */
const UNLUCKY = ['badsignature', 'brokenjson', 'nodate', 'refused'] as const

interface Payload {
  [name: string]: unknown
}

/** A delivery of the sample day told of that person. */
function toldOf(body: string, suffix: string): Payload {
  return JSON.parse(
    body
      .replaceAll(/[\w.]+@brightloom[\w.-]*/g, `${PERSON.mailbox}-${suffix}@${PERSON.domain}`)
      .replaceAll(/Brightloom Textiles/g, PERSON.company)
      .replaceAll(/brightloom/gi, 'xylotastic')
      .replaceAll(/Marta/g, PERSON.first)
      .replaceAll(/Kowalczyk/g, PERSON.last)
      .replaceAll(/(invitees\/[0-9a-f-]{8})/g, `$1${suffix.length}${suffix}`)
      .replaceAll(/"session_id":"([0-9A-Z]+)"/g, `"session_id":"$1${suffix}"`)
      .replaceAll(/"text_reminder_number":(null|"[^"]*")/g, `"text_reminder_number":"${PERSON.phone}"`)
  ) as Payload
}

/** What must stand nowhere: the person in all its forms, and every secret of the system. */
function forbidden(system: TestSystem): string[] {
  const { first, last, mailbox, domain, phone, company } = PERSON
  const { secrets, environment } = system
  const ofEnvironment = ['LEADLOG_MASTER_KEY', 'LEADLOG_API_KEY', 'OTEL_EXPORTER_OTLP_HEADERS'].map(
    (name) => environment[name]?.split('=').at(name.startsWith('OTEL') ? -1 : 0) ?? ''
  )
  const own = Object.values(secrets).flatMap((secret: string | ReadonlyMap<string, string>) =>
    typeof secret === 'string' ? [secret] : [...secret.values()]
  )
  const texts = [first, last, mailbox, domain, phone, phone.replaceAll(' ', ''), company, 'Xylotastic', 'B000/test']
  return [...texts, ...ofEnvironment, ...own.filter((secret) => secret !== '1000.TESTCLIENT')]
    .filter((text) => text.length > 5)
    .flatMap((text) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64').replace(/=+$/, '')])
    .map((text) => text.toLowerCase())
}

/** No log, metric, trace or alert tells of a person or a secret, whatever goes wrong. */
export async function noPersonAnywhere(t: Test, system: TestSystem, receiver: OtlpReceiver): Promise<void> {
  const day = sampleDay({ secrets: system.secrets })
  const bodyOf = (name: string): string => day.find((one) => one.name === name)?.body ?? ''
  const booking = (suffix: string, change: (payload: Payload) => unknown = (same) => same): Delivery => {
    const payload = toldOf(bodyOf('created marta'), suffix)
    return calendlyDelivery(
      `created ${suffix}`,
      change(payload) as Parameters<typeof calendlyDelivery>[1],
      system.secrets
    )
  }
  const statuses = async (...deliveries: Delivery[]) =>
    (await sendDeliveries(deliveries, { ingest: system.ingestUrl, attempts: 1 })).map(({ status }) => status)

  // All goes well, the same once more, and the meeting.
  const meeting = toldOf(bodyOf('held marta'), 'well') as Parameters<typeof readaiDelivery>[1]
  t.same(await statuses(booking('well')), [200])
  t.same(await statuses(booking('well'), readaiDelivery('held', meeting, system.secrets)), [200, 200])
  await system.settled()
  // Refused at the door: a wrong signature, a body that is cut off, one that lacks its invitee.
  const forged = booking(UNLUCKY[0])
  const headers = (now: Date) => ({
    ...forged.headers(now),
    'Calendly-Webhook-Signature': `t=${Math.floor(now.getTime() / 1000)},v1=00`
  })
  const cut = JSON.stringify(toldOf(bodyOf('created marta'), UNLUCKY[1])).slice(0, -40)
  const broken = calendlyDelivery('cut', {}, system.secrets, { body: cut })
  t.same(await statuses({ ...forged, headers }, broken), [401, 400])
  // Stored, and then not readable as a booking: a dead letter and an alert.
  const withoutDate = booking(UNLUCKY[2], (payload) => {
    const inner = payload['payload'] as { scheduled_event: Payload; email: unknown }
    return { ...payload, payload: { ...inner, scheduled_event: { ...inner.scheduled_event, start_time: inner.email } } }
  })
  t.same(await statuses(withoutDate), [200])
  // The vendors fail, refuse, and answer nonsense.
  await system.control('PUT', 'faults', [
    { vendor: 'zoho', kind: ['500', 'reset', 'timeout-after'], count: 3 },
    { vendor: 'zoho', kind: 'error', code: 'INVALID_DATA', count: 4 },
    { vendor: 'gemini', kind: ['invalid-json', '500', 'blocked'], count: 4 },
    { vendor: 'slack', kind: '500', count: 2 }
  ])
  t.same(await statuses(booking(UNLUCKY[3])), [200])
  // A write without an answer stays pending, so the system does not settle: the reader, the translator and the writer give up.
  const given = async () => (await system.read('/v1/dead-letters')) as { data: { service: string }[] }
  await eventually(async () => new Set((await given()).data.map(({ service }) => service)).size >= 3)
  // Asked for with the person in the address, and with a wrong key.
  const email = `${PERSON.mailbox}-well@${PERSON.domain}`
  await system.read(`/v1/leads?email=${encodeURIComponent(email)}`)
  await fetch(`${system.gatewayUrl}/v1/leads?email=${email}`, { headers: { authorization: `Bearer ${email}` } })
  await fetch(`${system.gatewayUrl}/v1/nothing/${email}`)
  await fetch(`${system.gatewayUrl}/v1/leads?limit=${email}`, {
    headers: { authorization: `Bearer ${system.environment['LEADLOG_API_KEY']}` }
  })
  const letters = (await system.read('/v1/dead-letters')) as { data: { message: string }[] }
  t.ok(letters.data.length > 0, 'something was given up')
  await eventually(async () => slackOf(await system.control('GET', 'slack/messages')).length > 0)
  await eventually(() => receiver.spans.some(({ service }) => service === 'notifications'))

  const places: Record<string, string> = {
    ...Object.fromEntries(Object.entries(system.logs()).map(([name, text]) => [`log of ${name}`, text])),
    metrics: (await scrapeAll(system)).text,
    traces: receiver.raw().toString('latin1'),
    'alerts to Slack': slackOf(await system.control('GET', 'slack/messages')),
    'dead letters and attempts': JSON.stringify(letters.data.map(({ message }) => message))
  }
  for (const [place, text] of Object.entries(places)) {
    t.ok(text.length > 100 || place.startsWith('dead'), `${place} is there`)
    t.same(leaksIn(text, forbidden(system)), [], place)
  }
  const answer = JSON.stringify(await system.read(`/v1/leads?email=${encodeURIComponent(email)}`))
  t.match(answer, new RegExp(PERSON.last), 'where it belongs it is found, so the search can find')
}

function slackOf(answer: unknown): string {
  // What the simulated Slack adds itself, such as the address that it was called at, is no alert.
  const messages = (answer as { data: { text: string }[] }).data.map(({ text }) => text)
  return messages.length === 0 ? '' : JSON.stringify(messages)
}

/** What was found, with what stands around it. */
function leaksIn(text: string, words: readonly string[]): string[] {
  const lower = text.toLowerCase()
  return words.flatMap((word) => {
    const at = lower.indexOf(word)
    return at < 0 ? [] : [`${word}: …${text.slice(Math.max(0, at - 120), at + word.length + 40)}…`]
  })
}
