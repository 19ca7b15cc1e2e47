import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { sampleDay } from './sample-day.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { allAsExpected, summarize } from './send-summary.ts'

await t.test('retries what got no answer or 503, keeps the bytes, and leaves refusals alone', async (t) => {
  const attempts = new Map<string, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const number = (attempts.get(body) ?? 0) + 1
      attempts.set(body, number)
      if (number === 1) request.socket.destroy()
      else if (number === 2) response.writeHead(503, { 'retry-after': '1' }).end()
      else if (body.includes('stale@')) response.writeHead(401).end('{}')
      else response.end(JSON.stringify({ ok: true, duplicate: body.includes('hannah') }))
    })
  })
  t.teardown(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const chosen = sampleDay().filter(({ name }) => /hannah|stale|grace/.test(name))

  const results = await sendDeliveries(chosen, { ingest: `http://127.0.0.1:${port}`, firstPauseMs: 1 })

  t.strictSame(
    new Map(results.map(({ name, status, attempts: tried }) => [name, `${status} after ${tried}`])),
    new Map([
      ['created hannah', '200 after 3'],
      ['special stale-timestamp', '401 after 3'],
      ['held grace', '200 after 3']
    ])
  )
  t.ok(allAsExpected(results))
  t.match(summarize(results, 1), /200: 1, 200 duplicate: 1, 401: 1/)
  t.strictSame([...attempts.keys()].sort(), chosen.map(({ body }) => body).sort())
})

await t.test('a delivery that nobody takes is given up and told', async (t) => {
  const results = await sendDeliveries(sampleDay().slice(0, 1), {
    ingest: 'http://127.0.0.1:9',
    attempts: 2,
    firstPauseMs: 1
  })
  t.match(results, [{ attempts: 2, status: String }])
  t.notOk(allAsExpected(results))
  t.match(summarize(results, 1), /unexpected {2}1\n {2}created ahmed: .*, not 200/)
})
