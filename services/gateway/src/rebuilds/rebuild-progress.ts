import type { EventSource } from '@leadlog/contracts'
import type { Projection, RebuildProgress } from '@leadlog/projections'
import type { WorkProgress } from '../work/work-progress.ts'

type Progress = Omit<WorkProgress, 'at'>

/** What rebuilds of several tables report, as one progress: each table over all of its streams. */
export async function createRebuildProgress(projections: readonly Projection[], source: EventSource) {
  const streams = [...new Set(projections.flatMap(({ subscriptions }) => subscriptions.map(({ stream }) => stream)))]
  const ends = new Map(
    await Promise.all(streams.map(async (stream) => [stream, await source.lastSequence(stream)] as const))
  )
  const targets = projections.map(({ name, subscriptions }) => ({
    name,
    phase: 'fill',
    perSecond: 0,
    ends: new Map(subscriptions.map(({ stream }) => [stream, ends.get(stream) ?? 0])),
    done: new Map<string, number>()
  }))
  const told = (phase: string): Progress => {
    const shown = targets.map(({ name, phase: own, ends: ofTarget, done }) => ({
      name,
      phase: own,
      done: sum(done.values()),
      total: sum(ofTarget.values())
    }))
    const filling = targets.filter((target) => target.phase === 'fill')
    return {
      phase,
      done: sum(shown.map(({ done }) => done)),
      total: sum(shown.map(({ total }) => total)),
      // They share one reading: the quickest of them tells its pace.
      perSecond: filling.length === 0 ? null : Math.round(Math.max(...filling.map(({ perSecond }) => perSecond))),
      targets: shown
    }
  }
  return {
    next(report: RebuildProgress): Progress {
      const target = targets.find(({ name }) => name === report.projection)
      if (target) {
        target.phase = report.phase
        target.perSecond = report.eventsPerSecond
        if (report.stream !== '') {
          target.done.set(report.stream, report.sequence)
          target.ends.set(report.stream, Math.max(report.targetSequence, target.ends.get(report.stream) ?? 0))
        }
      }
      return told(target?.phase ?? 'fill')
    },
    comparing(index: number): Progress {
      const target = targets[index]
      if (target) {
        target.phase = 'compare'
        target.done = new Map(target.ends)
      }
      return told('compare')
    }
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
