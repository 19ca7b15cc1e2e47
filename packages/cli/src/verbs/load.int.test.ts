import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'

void t.test('load sends what is signed, after a yes, and tells what was answered', async (t) => {
  const seen: string[] = []
  const ingest = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`)
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ok: true, eventId: 'e', duplicate: false }))
    })
  })
  await new Promise<void>((resolve) => ingest.listen(0, '127.0.0.1', resolve))
  t.teardown(() => ingest.close())
  const url = `http://127.0.0.1:${String((ingest.address() as AddressInfo).port)}`
  const load = (...args: string[]) =>
    runInTest(['load', '--what', 'generated', '--customers', '3', '--seed', '1', '--ingest', url, ...args])
  t.equal((await load()).exitCode, 4)
  t.equal(seen.length, 0, 'nothing before a yes')
  const run = await load('--yes', '--json')
  t.equal(run.exitCode, 0)
  t.match(run.json(), { sent: seen.length, unexpected: [] })
  t.ok(seen.includes('POST /webhooks/calendly'))
  t.equal((await runInTest(['load'])).exitCode, 6, 'no system, no address')
})
