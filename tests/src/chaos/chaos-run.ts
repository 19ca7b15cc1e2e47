import { setTimeout as delay } from 'node:timers/promises'
import { sampleDay, sendDeliveries, type Delivery, type SendResult } from '@leadlog/simulators'
import { crmSnapshot } from '../system/crm.ts'
import { rebuildAll, type ComparedRebuild } from '../system/rebuilds.ts'
import { startTestSystem, type TestSystem } from '../system/test-system.ts'
import { switchFaultsOn } from './faults.ts'
import { startKilling } from './kill-loop.ts'
import { seededRandom, shuffled } from './random.ts'

/** Each webhook comes this often. */
export const REPEATS = 3

export interface DayOptions {
  /** Undefined: no faults. */
  readonly faultSeed?: number
  /** Undefined: nothing is killed. */
  readonly kill?: { readonly everyMs: number; readonly atLeastMs: number }
  readonly repeats?: number
  /** Undefined: in the given order. */
  readonly shuffleSeed?: number
  readonly environment?: NodeJS.ProcessEnv
}

export interface DayResult {
  readonly snapshot: unknown
  readonly sent: readonly SendResult[]
  readonly killed: readonly string[]
  /** Calls by vendor, route and status. */
  readonly counts: unknown
  readonly deadLetters: readonly { code: string; message: string }[]
  readonly seconds: number
  /** Every read model built anew and compared with the live one. */
  readonly rebuilds: readonly ComparedRebuild[]
}

/** The simulated model answers by its prompt alone, so that two days can be compared. */
const MODEL = { LLM_PROVIDER: 'gemini' }

/** Sends a sample day through a system of its own, disturbed as told, and gives what the CRM holds afterwards. */
export async function liveThroughDay(options: DayOptions): Promise<DayResult> {
  const system = await startTestSystem({ environment: { ...MODEL, ...options.environment } })
  try {
    return await disturbedDay(system, options)
  } finally {
    await system.stop()
  }
}

async function disturbedDay(system: TestSystem, options: DayOptions): Promise<DayResult> {
  const began = performance.now()
  const random = seededRandom(options.shuffleSeed ?? 1)
  if (options.faultSeed !== undefined) await switchFaultsOn(system, options.faultSeed)
  const killing = options.kill ? startKilling(system, { everyMs: options.kill.everyMs, random }) : undefined

  const day = sampleDay({ secrets: system.secrets, includeBad: false })
  const all = Array.from({ length: options.repeats ?? 1 }, () => day).flat()
  const deliveries = options.shuffleSeed === undefined ? all : shuffled(all, random)
  const sent = await sendSlowly(deliveries, system, options.kill?.atLeastMs ?? 0)
  await killing?.stop()
  await system.settled()
  const rebuilds = await rebuildAll(system)
  const [snapshot, counts, letters] = await Promise.all([
    crmSnapshot(system),
    system.control('GET', 'counts'),
    system.read('/v1/dead-letters?limit=200')
  ])
  return {
    snapshot,
    sent,
    killed: killing?.killed ?? [],
    counts,
    deadLetters: (letters as { data: { code: string; message: string }[] }).data,
    seconds: (performance.now() - began) / 1000,
    rebuilds
  }
}

/** Spreads the deliveries over the time, so that killings fall into the middle of the work. */
async function sendSlowly(
  deliveries: readonly Delivery[],
  system: TestSystem,
  atLeastMs: number
): Promise<SendResult[]> {
  const CHUNK = 12
  const chunks = Math.max(1, Math.ceil(deliveries.length / CHUNK))
  const results: SendResult[] = []
  for (let chunk = 0; chunk < chunks; chunk++) {
    const began = performance.now()
    const part = deliveries.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    results.push(...(await sendDeliveries(part, { ingest: system.ingestUrl, concurrency: CHUNK, attempts: 40 })))
    const rest = atLeastMs / chunks - (performance.now() - began)
    if (rest > 0) await delay(rest)
  }
  return results
}
