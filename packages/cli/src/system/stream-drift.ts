import { mendingOf, type Mending, type StreamComparison } from '@leadlog/event-log'
import type { Style } from '../output/style.ts'

/** The streams that are missing or differ. */
export function drifted(compared: readonly StreamComparison[]): readonly StreamComparison[] {
  return compared.filter(({ missing, differences }) => missing || differences.length > 0)
}

export function driftText(streams: readonly StreamComparison[], style: Style): string {
  if (streams.length === 0) return style.good('Every stream is as the code wants it.')
  return streams
    .map(({ stream, missing, differences }) =>
      missing
        ? `${style.warn(stream)} is missing`
        : [
            style.warn(stream),
            ...differences.map((difference) => {
              const { field, is, shouldBe } = difference
              return `  ${field} is ${show(is)}, should be ${show(shouldBe)}${style.dim(` (${MENDED_BY[mendingOf(difference)]})`)}`
            })
          ].join('\n')
    )
    .join('\n')
}

const MENDED_BY: Readonly<Record<Mending, string>> = {
  none: 'a newer release wants it so; no start minds it',
  start: 'the next start does it',
  apply: 'leadlog streams apply',
  copy: 'cannot be changed in place: docs/runbooks/stream-drift.md'
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'not set'
}
