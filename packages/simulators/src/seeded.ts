import { createHash } from 'node:crypto'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const UNIT_BYTES = 6

const bytesOf = (parts: readonly (string | number)[]): Buffer =>
  createHash('sha256').update(parts.join('\u0000')).digest()

/** Lower-case hex SHA-256 of a text or of bytes. */
export const sha256Hex = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

/** A number in [0, 1) that depends on the parts alone. */
export const seededUnit = (...parts: (string | number)[]): number =>
  bytesOf(parts).readUIntBE(0, UNIT_BYTES) / 2 ** (UNIT_BYTES * 8)

/** One of the choices, decided by the parts alone. */
export const seededChoice = <T>(choices: readonly [T, ...T[]], ...parts: (string | number)[]): T =>
  choices[Math.floor(seededUnit(...parts) * choices.length)] ?? choices[0]

/** A UUID in version 4's form, decided by the parts alone. */
export const seededUuid = (...parts: (string | number)[]): string => {
  const bytes = bytesOf(parts).subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A ULID of a moment, its random part decided by the parts alone. */
export const seededUlid = (at: Date, ...parts: (string | number)[]): string => {
  let time = at.getTime()
  let head = ''
  for (let place = 0; place < 10; place += 1) {
    head = `${CROCKFORD[time % 32]}${head}`
    time = Math.floor(time / 32)
  }
  const tail = [...bytesOf(parts).subarray(0, 16)].map((byte) => CROCKFORD[byte % 32]).join('')
  return `${head}${tail}`
}

/** The items in an order decided by the seed alone; the input stays as it is. */
export const seededShuffle = <T>(items: readonly T[], seed: string | number): T[] =>
  items
    .map((item, index) => ({ item, rank: seededUnit(seed, 'shuffle', index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
