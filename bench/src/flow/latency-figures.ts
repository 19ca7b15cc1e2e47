import type { Figure } from '../core/outcome.ts'
import { quantile } from '../core/statistics.ts'
import { STAGES } from './stage-times.ts'
import type { FlowWindow } from './flow-window.ts'

/** The figures of one rate: answers, visibility, CRM, then when each stage in between was recorded. */
export function latencyFigures(perSecond: number, windows: readonly FlowWindow[]): Figure[] {
  const figure = (what: string, times: (window: FlowWindow) => readonly number[], share: number): Figure => ({
    name: `${what} at ${perSecond}/s, p${share * 100}`,
    unit: 'ms',
    samples: windows.map((window) => quantile(times(window), share)).filter((value) => !Number.isNaN(value))
  })
  const ends = [0.5, 0.99].flatMap((share) => [
    figure('POST to answer', ({ answered }) => answered, share),
    figure('POST to visible in the gateway', ({ visible }) => visible, share),
    figure('POST to written in the CRM', ({ written }) => written, share)
  ])
  const stages = STAGES.map(({ name, type }) =>
    figure(`POST to ${name} recorded`, ({ stages }) => stages.get(type) ?? [], 0.5)
  )
  return [...ends, ...stages].filter(({ samples }) => samples.length > 0)
}
