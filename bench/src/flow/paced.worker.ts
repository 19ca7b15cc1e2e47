import { setTimeout as delay } from 'node:timers/promises'
import { generateLoad, type Delivery, type SimulatorSecrets } from '@leadlog/simulators'
import { serveWorker } from '../core/worker.ts'

export interface PacedRequest {
  readonly ingest: string
  readonly calendlySigningKey: string
  readonly count: number
  readonly perSecond: number
  readonly seed: string
}

/** One webhook that was sent. Times are milliseconds of Unix time, with fractions. */
export interface SentWebhook {
  readonly eventId: string
  readonly email: string
  /** When it was due, whether or not the sender could keep up. */
  readonly dueAt: number
  readonly answeredAt: number
}

export type PacedRequests = {
  send(request: PacedRequest): Promise<SentWebhook[]>
}

/** Sends bookings of different people at even intervals, whatever the answers take. */
async function send({ ingest, calendlySigningKey, count, perSecond, seed }: PacedRequest): Promise<SentWebhook[]> {
  const secrets = { calendlySigningKey } as SimulatorSecrets
  const deliveries = [...generateLoad({ customers: count, seed, secrets, heldShare: 0, movedShare: 0 })]
  const began = unixNow()
  const sent: Promise<SentWebhook>[] = []
  for (const [index, delivery] of deliveries.entries()) {
    const dueAt = began + (index * 1000) / perSecond
    const early = dueAt - unixNow()
    if (early > 0) await delay(early)
    sent.push(post(ingest, delivery, dueAt))
  }
  return Promise.all(sent)
}

async function post(ingest: string, delivery: Delivery, dueAt: number): Promise<SentWebhook> {
  const { payload } = JSON.parse(delivery.body) as { payload: { email: string } }
  const answer = await fetch(new URL(delivery.path, ingest), {
    method: 'POST',
    headers: delivery.headers(new Date()),
    body: delivery.body
  })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`ingest answered ${answer.status} ${text}`)
  const { eventId } = JSON.parse(text) as { eventId: string }
  return { eventId, email: payload.email, dueAt, answeredAt: unixNow() }
}

function unixNow(): number {
  return performance.timeOrigin + performance.now()
}

const requests: PacedRequests = { send }
serveWorker(requests)
