import { setTimeout as delay } from 'node:timers/promises'
import type { LocalSystem } from './system.ts'

/** The whole sample day takes seconds; on a very slow machine the table is printed with what is there. */
const LIMIT_MS = 120_000
const LOOK_EVERY_MS = 250

/** Between two steps of a chain nothing may be waiting for a moment; this long without a change means the end. */
const QUIET_MS = 1_500

/** What shows that work is left: all lists are empty when all webhooks and all CRM writes are done. */
const PENDING = [
  '/v1/received-events?status=queued&limit=1',
  '/v1/received-events?status=processing&limit=1',
  '/v1/crm-writes?state=queued&limit=1'
]

/** Resolves with true when nothing is pending any more, with false when that took too long. */
export async function waitUntilSettled(system: LocalSystem, stopped: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + LIMIT_MS
  let last = ''
  let since = performance.now()
  while (performance.now() < deadline && !stopped.aborted) {
    const seen = await look(system)
    if (seen.pending || seen.state !== last) {
      last = seen.state
      since = performance.now()
    } else if (performance.now() - since >= QUIET_MS) {
      return true
    }
    await delay(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined)
  }
  return false
}

async function look(system: LocalSystem): Promise<{ pending: boolean; state: string }> {
  try {
    const headers = { authorization: `Bearer ${system.apiKey}` }
    const lists = await Promise.all(PENDING.map((path) => getJson(`${system.urls['gateway'] ?? ''}${path}`, headers)))
    const pending = lists.some((list) => !isEmptyList(list))
    const counts = await getJson(`${system.urls['simulators'] ?? ''}/_control/counts`, {})
    return { pending, state: JSON.stringify(counts) }
  } catch {
    // A program that is just being started again has work left.
    return { pending: true, state: '' }
  }
}

async function getJson(url: string, headers: Record<string, string>): Promise<unknown> {
  const response = await fetch(url, { headers })
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}`)
  return response.json()
}

function isEmptyList(answer: unknown): boolean {
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined
  return Array.isArray(data) && data.length === 0
}
