/** One field of a protobuf message: its number, and its value as it is on the wire. */
export interface WireField {
  readonly number: number
  /** Varints and fixed numbers. */
  readonly integer: bigint
  /** What has a length: bytes, texts, messages. */
  readonly bytes: Buffer
}

const EMPTY = Buffer.alloc(0)

/**
 * The fields of a protobuf message, in their order.
 *
 * @throws RangeError for a message that is cut off or uses groups
 */
export function readFields(message: Buffer): WireField[] {
  const fields: WireField[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++)
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new RangeError('The message is cut off')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = varint()
    const number = Number(tag >> 3n)
    const type = Number(tag & 7n)
    if (type === 0) fields.push({ number, integer: varint(), bytes: EMPTY })
    else if (type === 1) fields.push({ number, integer: take(8).readBigUInt64LE(), bytes: EMPTY })
    else if (type === 2) fields.push({ number, integer: 0n, bytes: take(Number(varint())) })
    else if (type === 5) fields.push({ number, integer: BigInt(take(4).readUInt32LE()), bytes: EMPTY })
    else throw new RangeError(`There is no wire type ${type} in a trace`)
  }
  return fields
}
