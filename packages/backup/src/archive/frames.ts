/** Of the lengths of head and data, big-endian. */
const LENGTHS_BYTES = 8

/** One message of a slice, or the body of the message before it. */
export interface Frame {
  readonly head: FrameHead
  readonly data: Uint8Array
}

export type FrameHead =
  | {
      readonly sequence: number
      /** Nanoseconds since 1970, as digits. */
      readonly time: string
      readonly subject: string
      /** Name and value in turn. */
      readonly headers: readonly string[]
    }
  /** What the message before points to: its name in the object store. */
  | { readonly body: string }

/** `length of head | length of data | head as JSON | data`. */
export function encodeFrame({ head, data }: Frame): Buffer {
  const text = Buffer.from(JSON.stringify(head), 'utf8')
  const lengths = Buffer.alloc(LENGTHS_BYTES)
  lengths.writeUInt32BE(text.length, 0)
  lengths.writeUInt32BE(data.length, 4)
  return Buffer.concat([lengths, text, data])
}

/**
 * The frames of bytes that come in pieces of any length.
 *
 * @throws RangeError when the bytes end within a frame; SyntaxError when a head is no JSON
 */
export async function* decodeFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
    let at = 0
    while (rest.length - at >= LENGTHS_BYTES) {
      const headEnd = at + LENGTHS_BYTES + rest.readUInt32BE(at)
      const end = headEnd + rest.readUInt32BE(at + 4)
      if (rest.length < end) break
      const head = JSON.parse(rest.toString('utf8', at + LENGTHS_BYTES, headEnd)) as FrameHead
      yield { head, data: rest.subarray(headEnd, end) }
      at = end
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new RangeError(`${rest.length} bytes are left of an unfinished message`)
}
