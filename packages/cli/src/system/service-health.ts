import type { Target } from '../config.ts'
import { declaredServices } from './manifests.ts'

/** What a service says of itself, where its address is known. */
export interface ServiceHealth {
  readonly service: string
  /** Null where no address is known: then only its handlers tell. */
  readonly url: string | null
  readonly state: 'ready' | 'not-ready' | 'unreachable' | 'unknown'
  /** What is not ready, in its own words. */
  readonly detail: string | null
}

/** A service that is well answers at once. */
const ANSWER_LIMIT_MS = 3_000

export async function serviceHealth({ urls, environment }: Target, signal: AbortSignal): Promise<ServiceHealth[]> {
  return Promise.all(
    declaredServices.map(async ({ name }) => {
      const url = urls[name] ?? environment[`${name.toUpperCase().replaceAll('-', '_')}_URL`] ?? null
      return { service: name, url, ...(await readiness(url, signal)) }
    })
  )
}

async function readiness(url: string | null, signal: AbortSignal): Promise<Pick<ServiceHealth, 'state' | 'detail'>> {
  if (url === null) return { state: 'unknown', detail: null }
  try {
    const answer = await fetch(`${url}/readyz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)])
    })
    const body = await answer.text()
    return answer.ok ? { state: 'ready', detail: null } : { state: 'not-ready', detail: detailOf(body) }
  } catch (error) {
    signal.throwIfAborted()
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { state: 'unreachable', detail: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** The parts that are not ready, by name. */
function detailOf(body: string): string {
  try {
    const parts =
      (JSON.parse(body) as { dependencies?: Record<string, { ok?: boolean; detail?: string }> }).dependencies ?? {}
    const bad = Object.entries(parts).filter(([, part]) => part.ok === false)
    return bad.map(([name, part]) => `${name}: ${part.detail ?? 'not ok'}`).join('; ') || 'not ready'
  } catch {
    return 'not ready'
  }
}
