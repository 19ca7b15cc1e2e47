import type { TranscriptQuality } from '@leadlog/contracts'
import { blockIntervals, clippedTo, lengthOf, unionOf, type Interval, type TimedBlock } from './block-intervals.ts'

/** Fewer characters than half a minute of speech hold nothing to qualify a deal by. */
export const MIN_CHARACTERS = 200

/** Below this share of the meeting the conclusions would be about something that was mostly not heard. */
export const UNUSABLE_COVERAGE = 0.15

/** People pause, so that a whole transcript covers 70 to 95 %. Below this, a good part of the meeting is missing. */
export const GOOD_COVERAGE = 0.6

/** Nobody is silent for five minutes in a conversation: the recording was interrupted, or began late or ended early. */
export const LONG_GAP_SECONDS = 300

/** In a short meeting a hole of a quarter is as bad, from a minute on. */
export const LONG_GAP_SHARE = 0.25
const SHORTEST_LONG_GAP_SECONDS = 60

/** Speech is some 800 characters a minute; this little in the time covered means that most words are missing. */
export const MIN_CHARACTERS_PER_MINUTE = 40

/** Less of the transcript than this inside of the meeting's own times means that one of the two clocks is wrong. */
const ALIGNED_SHARE = 0.5

/** Flags that make a transcript doubtful. `times-misaligned` does not: coverage is measured by the length then. */
const DOUBTS = new Set(['low-coverage', 'long-gap', 'single-speaker', 'customer-silent', 'sparse-speech', 'untimed'])

export interface TranscriptToAssess {
  readonly transcript: readonly TimedBlock[]
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMinutes: number
}

/**
 * Measures a transcript before anything is concluded from it. Coverage is the time with speech over the meeting's
 * time, overlaps counted once; the longest gap includes the time before the first and after the last block. Times
 * may be numbers or numeric texts, in Unix milliseconds, Unix seconds, or milliseconds since the start.
 *
 * `good`: no doubt. `partial`: something is missing, conclusions count less. `unusable`: hardly anything is there.
 */
export function assessQuality(
  meeting: TranscriptToAssess,
  isCustomer: (speaker: string) => boolean
): TranscriptQuality {
  const blocks = meeting.transcript.filter(({ words }) => words.trim() !== '')
  const characterCount = blocks.reduce((total, { words }) => total + words.trim().length, 0)
  const speakers = new Set(blocks.map(({ speaker }) => speaker.trim().toLowerCase()))
  const timing = measureTiming(meeting, blocks)
  const flags = [
    ...(blocks.length === 0 ? ['empty'] : []),
    ...(characterCount < MIN_CHARACTERS ? ['too-short'] : []),
    ...timing.flags,
    ...(speakers.size === 1 ? ['single-speaker'] : []),
    ...(blocks.length > 0 && !blocks.some(({ speaker }) => isCustomer(speaker)) ? ['customer-silent'] : []),
    ...(characterCount < MIN_CHARACTERS_PER_MINUTE * timing.coveredMinutes ? ['sparse-speech'] : [])
  ]
  const unusable = characterCount < MIN_CHARACTERS || timing.coverage < UNUSABLE_COVERAGE
  return {
    verdict: unusable ? 'unusable' : flags.some((flag) => DOUBTS.has(flag)) ? 'partial' : 'good',
    coverage: Math.round(timing.coverage * 1000) / 1000,
    longestGapSeconds: Math.round(timing.longestGapSeconds),
    speakerCount: speakers.size,
    blockCount: blocks.length,
    characterCount,
    flags
  }
}

interface Timing {
  readonly coverage: number
  readonly coveredMinutes: number
  readonly longestGapSeconds: number
  readonly flags: readonly string[]
}

function measureTiming(meeting: TranscriptToAssess, blocks: readonly TimedBlock[]): Timing {
  const start = Date.parse(meeting.startedAt)
  const intervals = blockIntervals(blocks, Number.isFinite(start) ? start : 0)
  const first = intervals[0]
  if (!first) return untimed(meeting, blocks)

  const spoken = unionOf(intervals)
  const { window, flags } = meetingWindow(meeting, { start: first.start, end: spoken.at(-1)?.end ?? first.end }, spoken)
  const inside = clippedTo(spoken, window)
  const covered = lengthOf(inside)
  const length = window.end - window.start
  const longestGapSeconds = longestGap(inside, window) / 1000
  const coverage = length > 0 ? Math.min(1, covered / length) : 0
  const isLong =
    longestGapSeconds >= LONG_GAP_SECONDS ||
    longestGapSeconds >= Math.max(SHORTEST_LONG_GAP_SECONDS, (LONG_GAP_SHARE * length) / 1000)
  return {
    coverage,
    coveredMinutes: covered / 60_000,
    longestGapSeconds,
    flags: [...flags, ...(coverage < GOOD_COVERAGE ? ['low-coverage'] : []), ...(isLong ? ['long-gap'] : [])]
  }
}

/** The time that the transcript should cover. */
function meetingWindow(
  meeting: TranscriptToAssess,
  transcript: Interval,
  spoken: readonly Interval[]
): { window: Interval; flags: string[] } {
  const start = Date.parse(meeting.startedAt)
  const end = Date.parse(meeting.endedAt)
  const byTimes = end - start
  const length = byTimes > 0 ? byTimes : meeting.durationMinutes * 60_000
  if (!(length > 0)) return { window: transcript, flags: ['no-duration'] }

  const from = Number.isFinite(start) ? start : transcript.start
  const window = { start: from, end: from + length }
  const aligned = lengthOf(clippedTo(spoken, window)) >= ALIGNED_SHARE * lengthOf(spoken)
  if (aligned) return { window, flags: [] }
  return { window: { start: transcript.start, end: transcript.start + length }, flags: ['times-misaligned'] }
}

function longestGap(inside: readonly Interval[], window: Interval): number {
  let longest = 0
  let reached = window.start
  for (const { start, end } of inside) {
    longest = Math.max(longest, start - reached)
    reached = Math.max(reached, end)
  }
  return Math.max(longest, window.end - reached)
}

/** No block says when it was spoken: the amount of text stands for the time, and holes can not be seen. */
function untimed(meeting: TranscriptToAssess, blocks: readonly TimedBlock[]): Timing {
  const byTimes = Date.parse(meeting.endedAt) - Date.parse(meeting.startedAt)
  const length = byTimes > 0 ? byTimes : Math.max(0, meeting.durationMinutes) * 60_000
  if (blocks.length === 0) {
    return { coverage: 0, coveredMinutes: 0, longestGapSeconds: length / 1000, flags: ['low-coverage', 'long-gap'] }
  }
  const spokenMs = lengthOf(
    blockIntervals(
      blocks.map((block) => ({ ...block, startMs: 0, endMs: 0 })),
      0
    )
  )
  const coverage = length > 0 ? Math.min(1, spokenMs / length) : 1
  const flags = ['untimed', ...(coverage < GOOD_COVERAGE ? ['low-coverage'] : [])]
  return { coverage, coveredMinutes: spokenMs / 60_000, longestGapSeconds: 0, flags }
}
