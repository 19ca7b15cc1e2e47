import type { CDPSession, Page } from 'playwright-core'

/** A network and a processor as Lighthouse simulates them. */
export interface LoadProfile {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly latencyMs: number
  readonly downloadBytesPerSecond: number
  readonly uploadBytesPerSecond: number
  /** How many times slower the processor is. */
  readonly slowdown: number
}

const KBIT = 1_024 / 8

/** The two presets of Lighthouse: a desk with a good line, and a phone of the middle class on a slow one. */
export const PROFILES: readonly LoadProfile[] = [
  {
    name: 'desktop',
    width: 1_350,
    height: 940,
    latencyMs: 40,
    downloadBytesPerSecond: 10_240 * KBIT,
    uploadBytesPerSecond: 10_240 * KBIT,
    slowdown: 1
  },
  {
    name: 'mobile',
    width: 412,
    height: 823,
    latencyMs: 150,
    downloadBytesPerSecond: 1_638.4 * KBIT,
    uploadBytesPerSecond: 675 * KBIT,
    slowdown: 4
  }
]

/** What the browser itself measured of a load with an empty cache. */
export interface MeasuredLoad {
  readonly firstContentfulPaintMs: number
  readonly largestContentfulPaintMs: number
  /** What long tasks take beyond 50 ms each, from the first paint on. */
  readonly totalBlockingMs: number
  readonly layoutShift: number
  readonly transferredBytes: number
  readonly requests: number
}

const OBSERVE = `
  globalThis.measured = { paint: 0, largest: 0, shift: 0, tasks: [] }
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') measured.paint = entry.startTime })
  watch('largest-contentful-paint', (entry) => { measured.largest = entry.startTime })
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) measured.shift += entry.value })
  watch('longtask', (entry) => { measured.tasks.push([entry.startTime, entry.duration]) })
`

interface Observed {
  readonly paint: number
  readonly largest: number
  readonly shift: number
  readonly tasks: readonly (readonly [start: number, duration: number])[]
}

const LONG_TASK_MS = 50
/** After the screen is whole: what shifts then would shift under the reader. */
const AFTERWARDS_MS = 1_000

/** Loads the screen under the profile. `open` resolves when nothing on it is still to come. */
export async function measureLoad(page: Page, profile: LoadProfile, open: () => Promise<void>): Promise<MeasuredLoad> {
  const session = await page.context().newCDPSession(page)
  const traffic = await countTraffic(session)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: profile.latencyMs,
    downloadThroughput: profile.downloadBytesPerSecond,
    uploadThroughput: profile.uploadBytesPerSecond
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: profile.slowdown })
  await page.addInitScript(OBSERVE)
  await open()
  await page.waitForTimeout(AFTERWARDS_MS)
  const observed: Observed = await page.evaluate('measured')
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await session.detach()
  return {
    firstContentfulPaintMs: observed.paint,
    largestContentfulPaintMs: observed.largest,
    totalBlockingMs: observed.tasks
      .filter(([start]) => start >= observed.paint)
      .reduce((sum, [, duration]) => sum + Math.max(0, duration - LONG_TASK_MS), 0),
    layoutShift: observed.shift,
    ...traffic
  }
}

async function countTraffic(session: CDPSession): Promise<{ transferredBytes: number; requests: number }> {
  const traffic = { transferredBytes: 0, requests: 0 }
  await session.send('Network.enable')
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    traffic.transferredBytes += encodedDataLength
    traffic.requests += 1
  })
  return traffic
}
