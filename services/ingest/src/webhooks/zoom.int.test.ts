import { randomBytes } from 'node:crypto'
import { createLogger, startService } from '@leadlog/service'
import { createSimulators, readConfig, zoomDelivery } from '@leadlog/simulators'
import { testNats } from '@leadlog/testing'
import t from 'tap'
import { ingest } from '../service.ts'

void t.test("Zoom's validation succeeds, and what Zoom sends is stored once", async (t) => {
  const { secrets } = readConfig({})
  const nats = await testNats(t)
  const service = await startService(ingest, {
    logger: createLogger({ service: 'ingest', level: 'silent' }),
    environment: {
      NATS_URL: nats.url,
      NATS_PREFIX: nats.prefix,
      INGEST_PORT: '0',
      LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
      ZOOM_WEBHOOK_SECRET: secrets.zoomWebhookSecret
    }
  })
  t.teardown(() => service.stop())
  const { app } = await createSimulators()
  const simulators = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const checked = await fetch(`${simulators}/_control/zoom/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ingest: service.url })
  })
  t.match(await checked.json(), { valid: true, status: 200 })

  const event = { event: 'meeting.ended', event_ts: 1, payload: { object: { uuid: 'u==', id: '84392028671' } } }
  const delivery = zoomDelivery('ended', event, secrets.zoomWebhookSecret)
  const send = async () => {
    const answer = await fetch(`${service.url}/webhooks/zoom`, {
      method: 'POST',
      body: delivery.body,
      headers: delivery.headers(new Date())
    })
    return answer.json()
  }
  t.match(await send(), { ok: true, duplicate: false })
  t.match(await send(), { ok: true, duplicate: true })
})
