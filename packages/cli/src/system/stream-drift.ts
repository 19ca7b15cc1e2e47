import type { StreamComparison } from '@leadlog/event-log'
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
            ...differences.map(({ field, is, shouldBe }) => `  ${field} is ${show(is)}, should be ${show(shouldBe)}`)
          ].join('\n')
    )
    .join('\n')
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'not set'
}
