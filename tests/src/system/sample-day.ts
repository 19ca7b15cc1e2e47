import { eventually } from '@leadlog/testing'
import type { TestSystem } from './test-system.ts'

const DAY_MS = 86_400_000
const DAYS_AGO = 8

/** A day that is over, so that a reconciliation can ask for everything of it. */
export function dayThatIsOver(): string {
  return new Date(Date.now() - DAYS_AGO * DAY_MS).toISOString().slice(0, 10)
}

/** Lets the simulated vendors, which know all of the day, send its webhooks. */
export async function sendDay(system: TestSystem, baseDate: string, misbehave: object = {}): Promise<void> {
  await system.control('POST', 'deliveries', { ingest: system.ingestUrl, what: 'sample-day', baseDate, misbehave })
}

/** Resolves when the vendors have nothing more to send. */
export async function daySent(system: TestSystem): Promise<void> {
  let last = -1
  await eventually(
    async () => {
      const { attempts, waiting } = (await system.control('GET', 'deliveries')) as {
        attempts: unknown[]
        waiting: number
      }
      const isQuiet = attempts.length > 0 && attempts.length === last && waiting === 0
      last = attempts.length
      return isQuiet
    },
    { every: 1_000 }
  )
}
