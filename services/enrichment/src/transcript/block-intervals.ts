/** A block as notetakers send it: times as numbers or numeric texts, in Unix milliseconds or something else. */
export interface TimedBlock {
  readonly startMs: number | string
  readonly endMs: number | string
  readonly speaker: string
  readonly words: string
}

/** From `start` to `end`, in Unix milliseconds. */
export interface Interval {
  readonly start: number
  readonly end: number
}

/** Speech is about 800 characters a minute; used where a block has no end. */
const SPOKEN_CHARACTERS_PER_SECOND = 14

/** Below this a time counts from the meeting's start (27 hours in milliseconds). */
const FIRST_UNIX_SECONDS = 1e8

/** Below this a time is in Unix seconds: as milliseconds it would be 1973. */
const FIRST_UNIX_MILLISECONDS = 1e11

/** When the blocks were spoken, in Unix milliseconds, sorted by start. Blocks without a readable start are left out. */
export function blockIntervals(blocks: readonly TimedBlock[], meetingStart: number): Interval[] {
  const starts = blocks.map(({ startMs }) => readTime(startMs)).filter((time) => time !== null)
  const toUnixMs = unitOf(starts, meetingStart)
  return blocks
    .flatMap(({ startMs, endMs, words }) => {
      const start = readTime(startMs)
      if (start === null) return []
      const end = readTime(endMs)
      const begin = toUnixMs(start)
      const spokenMs = (words.length / SPOKEN_CHARACTERS_PER_SECOND) * 1000
      return [{ start: begin, end: end === null || end <= start ? begin + spokenMs : toUnixMs(end) }]
    })
    .sort((a, b) => a.start - b.start)
}

/** The same time without overlaps. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const union: { start: number; end: number }[] = []
  for (const { start, end } of intervals) {
    const last = union.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else union.push({ start, end })
  }
  return union
}

/** What of the intervals lies inside of the window. */
export function clippedTo(intervals: readonly Interval[], window: Interval): Interval[] {
  return intervals
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => end > start)
}

export function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((total, { start, end }) => total + end - start, 0)
}

function readTime(time: number | string): number | null {
  const value = typeof time === 'string' && time.trim() !== '' ? Number(time) : time
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null
}

/** All blocks of a transcript use the same unit; the middle one tells which. */
function unitOf(starts: readonly number[], meetingStart: number): (time: number) => number {
  const middle = [...starts].sort((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0
  if (middle >= FIRST_UNIX_MILLISECONDS) return (time) => time
  if (middle >= FIRST_UNIX_SECONDS) return (time) => time * 1000
  return (time) => meetingStart + time
}
