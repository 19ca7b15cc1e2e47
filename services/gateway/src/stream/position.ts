/** The streams that the read models follow, in the order in which a position names them. */
const STREAMS = ['EVENTS', 'INGEST', 'DEAD_LETTERS'] as const

/** How far a client has followed each stream; the same in every process, since it speaks of the log. */
export type Position = Readonly<Record<string, number>>

/** `120.35.2`: the sequences of EVENTS, INGEST and DEAD_LETTERS. The id of a server-sent event. */
export function formatPosition(position: Position): string {
  return STREAMS.map((stream) => position[stream] ?? 0).join('.')
}

const FORM = /^\d{1,15}\.\d{1,15}\.\d{1,15}$/

/** @returns null for what is no position */
export function parsePosition(text: string): Position | null {
  if (!FORM.test(text)) return null
  const sequences = text.split('.').map(Number)
  return Object.fromEntries(STREAMS.map((stream, index) => [stream, sequences[index] ?? 0]))
}

/** Where several read models stand: of each stream what all of them have applied. */
export function positionOf(positions: readonly { readonly stream: string; readonly sequence: number }[]): Position {
  const streams = Map.groupBy(positions, ({ stream }) => stream)
  return Object.fromEntries([...streams].map(([stream, all]) => [stream, Math.min(...all.map((one) => one.sequence))]))
}

/** The position with one stream moved on, never back. */
export function advanced(position: Position, stream: string, sequence: number): Position {
  return { ...position, [stream]: Math.max(position[stream] ?? 0, sequence) }
}
