import type { OptionSpec } from './option.ts'

/** A point in the life of the system: a time, or a sequence of the stream. */
export type Moment = { readonly time: Date } | { readonly sequence: number }

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const HOW = 'write a time such as 2026-11-18T10:00Z, 2026-11-18, 15m (ago), now, or a sequence such as 1234'

/** `--at <moment>`: see {@link parseMoment}. */
export function moment(description: string, options: { readonly short?: string } = {}): OptionSpec<Moment | undefined> {
  return {
    kind: 'value',
    description: `${description}: a time (2026-11-18T10:00Z), how long ago (15m, 2h, 3d) or a sequence (1234)`,
    placeholder: '<moment>',
    short: options.short,
    choices: undefined,
    parse: (texts) => (texts.length === 0 ? undefined : parseMoment(texts.at(-1) ?? '', new Date()))
  }
}

/**
 * Reads a moment: digits alone are a sequence, digits with s, m, h or d are so long before now, anything else is a time
 * in ISO 8601, in UTC unless it says otherwise.
 *
 * @throws Error that says how to write one
 */
export function parseMoment(given: string, now: Date): Moment {
  const words = given.trim()
  if (/^\d+$/.test(words)) return { sequence: Number(words) }
  if (words === 'now') return { time: now }
  const ago = /^(\d+)([smhd])$/.exec(words)
  const unit = UNITS_MS[ago?.[2] ?? '']
  if (ago && unit !== undefined) return { time: new Date(now.getTime() - Number(ago[1]) * unit) }
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(words) || !words.includes('T') ? words : `${words}Z`
  const time = new Date(zoned)
  if (!/^\d{4}-\d\d-\d\d/.test(words) || Number.isNaN(time.getTime())) throw new Error(`${HOW}, not "${given}"`)
  return { time }
}

/** A moment in words. */
export function momentText(at: Moment): string {
  return 'time' in at ? at.time.toISOString() : `sequence ${String(at.sequence)}`
}
