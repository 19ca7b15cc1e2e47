import { setTimeout as delay } from 'node:timers/promises'

/** Two steps of a chain may leave nothing waiting for a moment; no change for this long means the end. */
const QUIET_MS = 2_000
const LOOK_EVERY_MS = 250
/** Far beyond what the retries of a whole day take; it only ends a test that hangs. */
const LIMIT_MS = 240_000

/** What shows that work is left. */
const PENDING_OF_WEBHOOKS = [
  '/v1/received-events?status=queued&limit=200',
  '/v1/received-events?status=processing&limit=200'
]
const PENDING = [
  ...PENDING_OF_WEBHOOKS,
  '/v1/crm-writes?state=queued&limit=200',
  '/v1/crm-writes?state=unknown&limit=200'
]

export interface SettledOptions {
  /** Writes may have been given up: they stay queued for an operator. */
  readonly givenUp?: boolean
}

/** Resolves when nothing is pending and the vendors were not called for a while. */
export async function settled(
  read: (path: string) => Promise<unknown>,
  control: (method: string, path: string) => Promise<unknown>,
  state: string,
  limitMs: number = LIMIT_MS,
  { givenUp = false }: SettledOptions = {}
): Promise<void> {
  const deadline = performance.now() + limitMs
  let last = ''
  let since = performance.now()
  let pending: unknown = 'nothing was read yet'
  while (performance.now() < deadline) {
    const seen = await look(read, control, givenUp ? PENDING_OF_WEBHOOKS : PENDING).catch((error: unknown) => ({
      pending: String(error),
      calls: ''
    }))
    if (seen.pending !== null || seen.calls !== last) {
      last = seen.calls
      pending = seen.pending
      since = performance.now()
    } else if (performance.now() - since >= QUIET_MS) return
    await delay(LOOK_EVERY_MS)
  }
  throw new Error(`Still not settled; the logs are under ${state}: ${JSON.stringify(pending).slice(0, 2_000)}`)
}

async function look(
  read: (path: string) => Promise<unknown>,
  control: (method: string, path: string) => Promise<unknown>,
  paths: readonly string[]
): Promise<{ pending: unknown; calls: string }> {
  const lists = (await Promise.all(paths.map(read))) as { data: unknown[] }[]
  const pending = lists.flatMap((list) => list.data)
  return { pending: pending.length === 0 ? null : pending, calls: JSON.stringify(await control('GET', 'counts')) }
}
