/** A piece of a stream. */
export interface Piece {
  readonly bytes: Uint8Array
  /** True for the last one. */
  readonly last: boolean
}

/**
 * Cuts a stream into pieces of one length, the last one shorter; an empty stream is one empty piece. A piece is given when
 * the next byte is there or the end is known, so that the last one is told as such.
 */
export async function* cutInto(
  content: AsyncIterable<Uint8Array>,
  length: number
): AsyncGenerator<Piece, void, undefined> {
  let piece = Buffer.allocUnsafe(length)
  let filled = 0
  for await (const bytes of content) {
    for (let from = 0; from < bytes.length;) {
      if (filled === length) {
        yield { bytes: piece, last: false }
        piece = Buffer.allocUnsafe(length)
        filled = 0
      }
      const taken = bytes.subarray(from, from + length - filled)
      piece.set(taken, filled)
      filled += taken.length
      from += taken.length
    }
  }
  yield { bytes: piece.subarray(0, filled), last: true }
}
