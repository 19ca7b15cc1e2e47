import { setTimeout as delay } from 'node:timers/promises'
import { waitUntilSettled, type LocalSystem } from '@leadlog/local/system'
import type { NatsConnection } from '@nats-io/transport-node'
import { cpuSeconds } from '../core/process-figures.ts'
import type { Worker } from '../core/worker.ts'
import { firstCrmWrites, insertedRecords } from './crm-writes.ts'
import { sampleMemory } from './memory-samples.ts'
import type { PacedRequests, SentWebhook } from './paced.worker.ts'
import { lastEvent, STAGES, stageTimesAfter } from './stage-times.ts'
import { confirmReadable, type Visibility } from './visibility.ts'

/** How long what was sent may take to arrive; beyond it the check says that it did not. */
const ARRIVAL_LIMIT_MS = 240_000
const LOOK_EVERY_MS = 500

/** What became of the webhooks of one window. Durations in milliseconds, one a webhook. */
export interface FlowWindow {
  readonly answered: readonly number[]
  readonly visible: readonly number[]
  readonly written: readonly number[]
  /** Until the event of a stage was recorded, by event type. */
  readonly stages: ReadonlyMap<string, readonly number[]>
  /** Largest memory in MiB by program. */
  readonly memory: ReadonlyMap<string, number>
  /** Processor milliseconds for one webhook, by program. */
  readonly cpuMs: ReadonlyMap<string, number>
  /** What went wrong; null where nothing did. */
  readonly problem: string | null
}

export interface FlowPlace {
  readonly system: LocalSystem
  readonly sender: Worker<PacedRequests>
  readonly visibility: Visibility
  readonly connection: NatsConnection
  /** Programs of the system. */
  readonly names: readonly string[]
}

/** Sends at the rate, follows each webhook to the CRM, and waits until the system has nothing left to do. */
export async function runFlowWindow(
  place: FlowPlace,
  options: { perSecond: number; seconds: number; seed: string }
): Promise<FlowWindow> {
  const { system, sender, visibility, connection } = place
  const pid = (name: string): number | undefined => system.pid(name)
  const memory = sampleMemory(place.names, pid)
  const cpu = (): Map<string, number> => new Map(place.names.map((name) => [name, cpuSeconds(pid(name) ?? 0)]))
  const [cpuBefore, eventsBefore] = [cpu(), await lastEvent(connection)]
  const recordsBefore = await insertedRecords(urlOf(system, 'simulators'))
  const confirming = confirmReadable(urlOf(system, 'gateway'), system.apiKey, visibility)
  const sent = await sender.call('send', {
    ingest: urlOf(system, 'ingest'),
    calendlySigningKey: system.environment['CALENDLY_SIGNING_KEY'] ?? '',
    count: options.perSecond * options.seconds,
    perSecond: options.perSecond,
    seed: options.seed
  })
  await untilArrived(system, visibility, sent, recordsBefore + sent.length)
  const unreadable = await confirming.stop()
  const settled = await waitUntilSettled(system, new AbortController().signal)
  const cpuMs = new Map(
    [...cpu()].map(([name, after]) => [name, ((after - (cpuBefore.get(name) ?? 0)) * 1000) / sent.length])
  )
  const crm = await firstCrmWrites(urlOf(system, 'simulators'))
  const recorded = await stageTimesAfter(connection, eventsBefore)

  const timesOf = (at: (webhook: SentWebhook) => number | undefined): number[] =>
    sent.flatMap((webhook) => {
      const moment = at(webhook)
      return moment === undefined ? [] : [moment - webhook.dueAt]
    })
  const visible = timesOf(({ eventId }) => visibility.seen.get(eventId))
  const written = timesOf(({ email }) => crm.get(email.toLowerCase()))
  const problems = [
    ...(visible.length < sent.length ? [`${sent.length - visible.length} never became visible`] : []),
    ...(written.length < sent.length ? [`${sent.length - written.length} are not in the CRM`] : []),
    ...(unreadable > 0 ? [`${unreadable} were announced before they could be read`] : []),
    ...(settled ? [] : ['work was left at the end'])
  ]
  return {
    answered: timesOf(({ answeredAt }) => answeredAt),
    visible,
    written,
    stages: new Map(STAGES.map(({ type }) => [type, timesOf(({ eventId }) => recorded.get(eventId)?.get(type))])),
    memory: memory.stop(),
    cpuMs,
    problem: problems.length === 0 ? null : problems.join(', ')
  }
}

/** Waits until every webhook is visible and written, or the limit has passed. */
async function untilArrived(
  system: LocalSystem,
  visibility: Visibility,
  sent: readonly SentWebhook[],
  records: number
): Promise<void> {
  const deadline = performance.now() + ARRIVAL_LIMIT_MS
  while (performance.now() < deadline) {
    const visible = sent.every(({ eventId }) => visibility.seen.has(eventId))
    if (visible && (await insertedRecords(urlOf(system, 'simulators'))) >= records) return
    await delay(LOOK_EVERY_MS)
  }
}

/** Address of a program of the system. */
export function urlOf(system: LocalSystem, name: string): string {
  const url = system.urls[name]
  if (url === undefined) throw new Error(`${name} is not part of the system`)
  return url
}
