/** State of one dependency. */
export interface DependencyState {
  readonly ok: boolean
  readonly detail?: string
}

/** Collects the checks by which a service says that it does its work. */
export interface Readiness {
  add(name: string, check: () => Promise<DependencyState> | DependencyState): void
  /** Runs every check, none longer than the bound. */
  report(): Promise<{ ready: boolean; dependencies: Record<string, DependencyState> }>
}

/** A dependency that does not answer within this is not ready; probes ask every few seconds. */
const CHECK_TIMEOUT_MS = 2_000

export function createReadiness(): Readiness {
  const checks = new Map<string, () => Promise<DependencyState> | DependencyState>()
  return {
    add: (name, check) => void checks.set(name, check),
    async report() {
      const entries = await Promise.all([...checks].map(async ([name, check]) => [name, await bounded(check)] as const))
      return { ready: entries.every(([, state]) => state.ok), dependencies: Object.fromEntries(entries) }
    }
  }
}

async function bounded(check: () => Promise<DependencyState> | DependencyState): Promise<DependencyState> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<DependencyState>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: 'no answer in time' }), CHECK_TIMEOUT_MS)
  })
  try {
    return await Promise.race([Promise.resolve(check()), timeout])
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
