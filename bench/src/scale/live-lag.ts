import type { Worker } from '../core/worker.ts'
import type { AppliedMoment, FillRequests, LiveRequests, Moment, RebuildAllRequests } from './scale-requests.ts'

const PACED_EVENTS_PER_SECOND = 100

/** Live traffic at an even pace while everything is rebuilt once more; how long each event took to be visible. */
export async function lagDuringRebuild(
  filler: Worker<FillRequests>,
  live: Worker<LiveRequests>,
  start: () => Promise<Worker<RebuildAllRequests>>
): Promise<readonly number[]> {
  const rebuilder = await start()
  await live.call('level', {})
  await live.call('applied', {})
  await filler.call('beginPace', { eventsPerSecond: PACED_EVENTS_PER_SECOND })
  await rebuilder.call('rebuild', {})
  const appended = await filler.call('endPace', {})
  await live.call('level', {})
  const applied = await live.call('applied', {})
  await rebuilder.stop()
  return lagsOf(appended, applied)
}

/** For each appended event, the time until the last of the read models had passed its place. */
function lagsOf(appended: readonly Moment[], applied: readonly AppliedMoment[]): readonly number[] {
  const followers = [...Map.groupBy(applied, ({ projection, stream }) => `${projection} ${stream}`).values()]
  return appended.map(({ stream, sequence, at }) => {
    const passed = followers
      .filter(([first]) => first?.stream === stream)
      .map((moments) => moments[firstFrom(moments, sequence)]?.at ?? Infinity)
    return passed.length === 0 ? Infinity : Math.max(0, ...passed.map((moment) => moment - at))
  })
}

/** The place of the first moment that reached the sequence; they are in order. */
function firstFrom(moments: readonly Moment[], sequence: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((moments[middle]?.sequence ?? 0) < sequence) low = middle + 1
    else high = middle
  }
  return low
}
