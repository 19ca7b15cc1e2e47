import type { SendResult } from './send-deliveries.ts'

/** Whether every delivery got the status it should get. */
export const allAsExpected = (results: readonly SendResult[]): boolean =>
  results.every(({ status, expected }) => status === expected)

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)

/** The outcome of a run in a few lines. */
export const summarize = (results: readonly SendResult[], seconds: number): string => {
  const counts = new Map<string, number>()
  for (const { status, duplicate } of results) {
    const label = duplicate ? `${status} duplicate` : String(status)
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const times = results.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const retries = results.reduce((sum, { attempts }) => sum + attempts - 1, 0)
  const odd = results.filter(({ status, expected }) => status !== expected)
  const rate = (results.length / Math.max(seconds, 0.001)).toFixed(0)
  return [
    `sent        ${results.length} deliveries in ${seconds.toFixed(1)} s (${rate}/s), ${retries} retries`,
    `answers     ${[...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([label, count]) => `${label}: ${count}`)
      .join(', ')}`,
    `time        p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`,
    `unexpected  ${odd.length}`,
    ...odd.slice(0, 20).map(({ name, status, expected }) => `  ${name}: ${status}, not ${expected}`),
    ''
  ].join('\n')
}
