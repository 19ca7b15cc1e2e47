import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Test } from 'tap'
import { calendlySignature } from '../calendly/calendly-signature.ts'
import { createClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { sampleDay } from '../sample-day/sample-day.ts'
import { defaultSettings } from '../settings.ts'
import { createDeliveryEngine } from './delivery-engine.ts'

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

const now = new Date('2026-11-18T12:00:00Z')
const signingKey = readConfig({}).secrets.calendlySigningKey

/** A receiver that answers with the statuses in turn, the last one from then on. */
const start = async (test: Test, ...statuses: number[]) => {
  const got: Got[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(statuses[Math.min(got.length, statuses.length) - 1] ?? 200).end()
    })
  })
  const stopping = new AbortController()
  test.teardown(() => {
    stopping.abort()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const settings = { ...defaultSettings, deliveryTimeScale: 1e9 }
  const engine = createDeliveryEngine(
    createClock(() => now),
    settings,
    stopping.signal
  )
  return { engine, got, ingest: `http://127.0.0.1:${port}` }
}

const day = sampleDay({ includeBad: false })
const named = (...names: string[]) => day.filter(({ name }) => names.includes(name))

await t.test('retries on the vendor schedule until it is taken', async (t) => {
  const { engine, got, ingest } = await start(t, 503, 401, 200)
  await engine.send(named('created hannah'), ingest)
  t.match(engine.attempts(), [
    { attempt: 1, status: 503, nextInSeconds: 60, at: now.toISOString() },
    { attempt: 2, status: 401, nextInSeconds: 120 },
    { attempt: 3, status: 200, nextInSeconds: null }
  ])
  t.equal(new Set(got.map(({ body }) => body)).size, 1)
  t.equal(engine.waiting(), 0)
})

await t.test(
  'Calendly disables a webhook that fails for a day, Read.ai one that fails 25 times in a row',
  async (t) => {
    const { engine, got, ingest } = await start(t, 500)
    await engine.send(named('created hannah'), ingest)
    t.equal(engine.senders().calendly.state, 'disabled')
    const sent = got.length
    await engine.send(named('created anna'), ingest)
    t.equal(got.length, sent, 'a disabled sender sends nothing')
    for (const round of [1, 2, 3, 4, 5]) await engine.send(named('held grace'), ingest, { seed: round })
    t.equal(engine.senders().readai.state, 'stopped')
    t.equal(engine.attempts().filter(({ provider }) => provider === 'readai').length, 25)
    engine.reactivate('readai')
    t.equal(engine.senders().readai.state, 'active')
  }
)

await t.test(
  'misbehaves as it is told: wrong signature and stale timestamp first, right ones on the retry',
  async (t) => {
    for (const [how, mode] of [
      [{ badSignature: 1 }, 'bad-signature'],
      [{ staleTimestamp: 1 }, 'stale-timestamp']
    ] as const) {
      const { engine, got, ingest } = await start(t, 401, 200)
      await engine.send(named('created hannah'), ingest, how)
      const right = (at: Date, body: string) => calendlySignature(body, signingKey, at)['Calendly-Webhook-Signature']
      const [first, second] = got.map(({ headers, body }) => ({ sent: headers['calendly-webhook-signature'], body }))
      t.not(first?.sent, right(now, first?.body ?? ''))
      if (mode === 'stale-timestamp')
        t.equal(first?.sent, right(new Date(now.getTime() - 3_600_000), first?.body ?? ''))
      t.equal(second?.sent, right(now, second?.body ?? ''))
      t.match(engine.attempts(), [{ modes: [mode] }, { modes: [] }])
    }
  }
)

await t.test('duplicates, drops, sends late and reorders by the seed', async (t) => {
  const run = async (how: object) => {
    const { engine, ingest } = await start(t, 200)
    await engine.send(day, ingest, how)
    return engine.attempts().map(({ name }) => name)
  }
  const plain = await run({})
  t.equal(plain.length, day.length)
  t.equal((await run({ duplicate: 1 })).length, day.length * 2)
  const some = await run({ drop: 0.3, reorder: true, late: 0.2, seed: 'x' })
  t.ok(some.length < day.length && some.length > day.length / 3)
  t.strictSame([...(await run({ drop: 0.3, reorder: true, late: 0.2, seed: 'x' }))].sort(), [...some].sort())
  const late = await run({ late: 0.2, seed: 'x' })
  t.notSame(late, plain)
  t.strictSame([...late].sort(), [...plain].sort())
})
