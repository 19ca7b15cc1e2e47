import { serveWorker } from '../core/worker.ts'
import { LEADS_AT_A_TIME } from './lead-cohorts.ts'
import { emailOf, leadHistory, leadIdOf, TRANSACTIONS_PER_LEAD } from './lead-history.ts'
import { openBenchLog, type LogAddress } from './open-bench-log.ts'

/** Enough to keep the appends batched. */
const TRANSACTIONS_IN_FLIGHT = 100

export type FillLogRequests = {
  fill(request: LogAddress & { leads: number }): Promise<{ events: number; milliseconds: number }>
}

const requests: FillLogRequests = {
  async fill({ leads, ...address }) {
    const began = performance.now()
    const { log, keyring } = await openBenchLog(address)
    for (let from = 0; from < leads; from += LEADS_AT_A_TIME) {
      const numbers = Array.from({ length: Math.min(LEADS_AT_A_TIME, leads - from) }, (_, index) => from + index)
      const histories = numbers.map((number) => ({
        number,
        steps: leadHistory(number, keyring.personId(emailOf(number)))
      }))
      for (let step = 0; step < TRANSACTIONS_PER_LEAD; step += 1) {
        await inParallel(histories, async ({ number, steps }) => {
          const cause = { id: `bench-${number}-${step}`, correlationId: `bench-${number}` }
          const ref = { context: 'crm', aggregate: 'lead', id: leadIdOf(number) }
          const request = { cause, handler: 'bench', actor: 'service:bench', load: [ref] } as const
          await log.transact({ ...request, decide: () => steps[step] ?? [] })
        })
      }
    }
    const events = await log.lastSequence('EVENTS')
    keyring.close()
    await log.close()
    return { events, milliseconds: performance.now() - began }
  }
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values()
  const take = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: TRANSACTIONS_IN_FLIGHT }, take))
}

serveWorker(requests)
