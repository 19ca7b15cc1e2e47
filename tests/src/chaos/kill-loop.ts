import { setTimeout as delay } from 'node:timers/promises'
import type { Killable, TestSystem } from '../system/test-system.ts'

/** How long a killed part stays away: from a quick restart to a slow one. */
const AWAY_MS = { least: 100, most: 2_500 }

export interface KillLoop {
  /** What was killed, in order. */
  readonly killed: readonly string[]
  /** Ends the killing once every part had its turn, and resolves when everything runs again. */
  stop(): Promise<void>
}

/** Kills one random part after another with SIGKILL and starts each again. Every part has its turn before any has a second. */
export function startKilling(system: TestSystem, options: { everyMs: number; random: () => number }): KillLoop {
  const killed: string[] = []
  const stopping = new AbortController()
  const { random } = options
  let round: Killable[] = []
  const next = (): Killable | undefined => {
    if (round.length === 0) round = [...system.killable].sort((a, b) => a.name.localeCompare(b.name))
    return round.splice(Math.floor(random() * round.length), 1)[0]
  }
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted || killed.length < system.killable.length) {
      await delay(options.everyMs * (0.5 + random()))
      const victim = next()
      if (!victim) return
      killed.push(victim.name)
      await victim.kill()
      await delay(AWAY_MS.least + random() * (AWAY_MS.most - AWAY_MS.least))
      await victim.restart()
    }
  }
  const ended = loop()
  // Whoever stops the loop sees the failure.
  ended.catch(() => undefined)
  return {
    killed,
    async stop() {
      stopping.abort()
      await ended
    }
  }
}
