import { setTimeout as delay } from 'node:timers/promises'
import { newEvent } from '@leadlog/contracts'
import { eventually, isolatedNatsCluster } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import type { EventLog } from './event-log.ts'
import { Deposited } from './fixtures/account-events.ts'
import { openTestLog } from './fixtures/open-test-log.ts'
import { storedIds } from './fixtures/stored-ids.ts'
import { webhook } from './fixtures/webhook.ts'

const IN_FLIGHT = 16

/** Without it the refusals themselves would keep the servers from electing a leader. */
const PROVIDER_PAUSE_MS = 50

/** Appends webhooks one after another on each of several lanes until told to stop; gives the ids that were acknowledged. */
function appendUntilStopped(log: EventLog): {
  acknowledged: Set<string>
  refused: () => number
  stop(): Promise<void>
} {
  const acknowledged = new Set<string>()
  let refused = 0
  let stopped = false
  const lane = async (number: number): Promise<void> => {
    for (let count = 0; !stopped; count++) {
      const id = `w${number}-${count}`
      try {
        await log.appendWebhook(webhook(id))
        acknowledged.add(id)
      } catch {
        // A provider would come again; here the next one takes its place after a pause.
        refused += 1
        await delay(PROVIDER_PAUSE_MS)
      }
    }
  }
  const lanes = Promise.all(Array.from({ length: IN_FLIGHT }, (_, number) => lane(number)))
  return {
    acknowledged,
    refused: () => refused,
    async stop() {
      stopped = true
      await lanes
    }
  }
}

async function leaderOf(log: EventLog, stream: string): Promise<string> {
  const manager = await jetstreamManager(log.connection, { checkAPI: false })
  // While a leader is elected nobody answers.
  return eventually(async () => (await manager.streams.info(stream)).cluster?.leader ?? null)
}

void t.test('three nodes: the leader dies in the midst of appends and nothing acknowledged is lost', async (t) => {
  const cluster = await isolatedNatsCluster(t)
  const open = (): Promise<EventLog> => openTestLog(t, { servers: cluster.url, replicas: 3 })
  const log = await eventually(() => open().catch(() => false as const))
  const running = appendUntilStopped(log)
  await eventually(() => running.acknowledged.size >= 200)

  const leader = await leaderOf(log, 'INGEST')
  const node = cluster.nodes[Number(leader.slice(1)) - 1]
  if (!node) throw new Error(`there is no node ${leader}`)
  await node.kill()
  const before = running.acknowledged.size
  await eventually(() => running.acknowledged.size >= before + 200)
  t.not(await leaderOf(log, 'INGEST'), leader, 'another node leads')

  await node.restart()
  const back = running.acknowledged.size
  await eventually(() => running.acknowledged.size >= back + 100)
  await running.stop()
  const stored = new Set(await storedIds(log))
  const lost = [...running.acknowledged].filter((id) => !stored.has(id))
  t.strictSame(lost, [], 'every acknowledged webhook is there')
  t.ok(running.acknowledged.size >= 500)
})

void t.test('what was appended is seen by the next load, whichever replica answers', async (t) => {
  const cluster = await isolatedNatsCluster(t)
  // Without a cache every load asks the servers.
  const open = (): Promise<EventLog> => openTestLog(t, { servers: cluster.url, replicas: 3, cacheBytes: 0 })
  const writer = await eventually(() => open().catch(() => false as const))
  const reader = await open()
  for (let number = 0; number < 200; number++) {
    const id = `a${number}`
    const ref = { context: 'bank', aggregate: 'account', id }
    await writer.transact({
      cause: { id, correlationId: id },
      handler: 'test',
      actor: 'service:bank',
      load: [ref],
      decide: () => [newEvent(Deposited, id, { amount: 1 })]
    })
    const { events } = await reader.load(ref)
    if (events.length !== 1) t.fail(`the load after append ${number} saw ${events.length} events`)
  }
  t.pass()
})
