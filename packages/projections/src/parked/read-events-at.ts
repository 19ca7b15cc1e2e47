import type { EventSource, RecordedEvent } from '@leadlog/contracts'
import { readAhead } from '../run/read-ahead.ts'

/** Sequences this near to each other are read in one go; farther ones each by itself. */
const NEAR_SEQUENCES = 500
const READ_WAIT_MS = 20

/** The events at the sequences, in order; those that the stream no longer holds are left out. */
export async function readEventsAt(
  source: EventSource,
  stream: string,
  sequences: readonly number[]
): Promise<readonly RecordedEvent[]> {
  const wanted = new Set(sequences)
  const found: RecordedEvent[] = []
  for (const [first, last] of spans(sequences)) {
    const request = {
      stream,
      fromSequence: first,
      subjects: null,
      maxEvents: NEAR_SEQUENCES,
      maxWaitMs: READ_WAIT_MS,
      untilSequence: last,
      signal: new AbortController().signal
    }
    for await (const batch of readAhead(source, request)) {
      found.push(...batch.events.filter((event) => wanted.delete(event.sequence)))
    }
  }
  return found
}

function spans(sequences: readonly number[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = []
  for (const sequence of sequences) {
    const span = result.at(-1)
    if (span && sequence - span[1] <= NEAR_SEQUENCES) span[1] = sequence
    else result.push([sequence, sequence])
  }
  return result
}
