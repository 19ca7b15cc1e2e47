import { setTimeout as delay } from 'node:timers/promises'
import { jetstream, type JetStreamClient } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { serveWorker } from '../core/worker.ts'
import { openBenchLog } from '../rebuild/open-bench-log.ts'
import { leadParade } from './lead-parade.ts'
import type { FillRequests, Moment } from './scale-requests.ts'
import { storedMessage, type StoredMessage } from './stored-message.ts'

/** Acknowledgements waited for at once; the server takes ten times as many. */
const IN_FLIGHT = 1_000
const STREAMS = ['INGEST', 'EVENTS', 'DEAD_LETTERS'] as const

const parade = leadParade()
let log: EventLog | undefined
let keyring: Keyring | undefined
let stream: JetStreamClient | undefined
let pace: { stop(): Promise<readonly Moment[]> } | undefined

async function total(): Promise<number> {
  const opened = log
  if (!opened) throw new Error('not opened')
  const ends = await Promise.all(STREAMS.map((name) => opened.lastSequence(name)))
  return ends.reduce((sum, end) => sum + end, 0)
}

async function append({ subject, id, payload }: StoredMessage): Promise<number> {
  if (!stream) throw new Error('not opened')
  const head = headers()
  head.set('Nats-Msg-Id', id)
  const { seq } = await stream.publish(subject, payload, { headers: head })
  return seq
}

async function nextMessages(): Promise<readonly StoredMessage[]> {
  const chapter = parade.next().value
  const cipher = keyring
  if (!cipher) throw new Error('not opened')
  const now = new Date().toISOString()
  return Promise.all(chapter.map((event) => storedMessage(event, cipher, now)))
}

/** Appends chapter after chapter, each in order, with many chapters under way. */
async function fillTo(target: number): Promise<number> {
  let left = target - (await total())
  const inFlight = new Set<Promise<unknown>>()
  while (left > 0) {
    const messages = await nextMessages()
    for (const message of messages) {
      const appending = append(message).finally(() => inFlight.delete(appending))
      inFlight.add(appending)
    }
    left -= messages.length
    while (inFlight.size > IN_FLIGHT) await Promise.race(inFlight)
  }
  await Promise.all(inFlight)
  return total()
}

function paced(eventsPerSecond: number): { stop(): Promise<readonly Moment[]> } {
  const moments: Moment[] = []
  const began = Date.now()
  let running = true
  const appending = (async () => {
    let waiting: readonly StoredMessage[] = []
    for (let count = 0; running; count += 1) {
      if (waiting.length === 0) waiting = await nextMessages()
      const due = began + (count * 1000) / eventsPerSecond
      if (due > Date.now()) await delay(due - Date.now())
      const [message, ...rest] = waiting
      waiting = rest
      if (!message) continue
      const sequence = await append(message)
      moments.push({ stream: message.stream, sequence, at: Date.now() })
    }
  })()
  return {
    async stop() {
      running = false
      await appending
      return moments
    }
  }
}

const requests: FillRequests = {
  async open(place) {
    const opened = await openBenchLog(place)
    log = opened.log
    keyring = opened.keyring
    stream = jetstream(opened.log.connection)
  },
  async fillTo({ events }) {
    const began = performance.now()
    const reached = await fillTo(events)
    return { events: reached, milliseconds: performance.now() - began }
  },
  beginPace({ eventsPerSecond }) {
    pace = paced(eventsPerSecond)
    return Promise.resolve()
  },
  async endPace() {
    return (await pace?.stop()) ?? []
  }
}

serveWorker(requests, async () => {
  await pace?.stop()
  keyring?.close()
  await log?.close()
})
