/** A mebibyte of bits: of a million keys two or three in a hundred look as if they were stored. */
const BITS = 2 ** 23
/** Bits that each key sets. */
const PROBES = 4

/**
 * The keys that a rebuild has stored, remembered as a Bloom filter: most rows of most read models are new, and a row
 * that was never stored need not be looked for. Sometimes it takes a key for stored that is not, never the reverse.
 */
export interface StoredKeys {
  mayHold(key: string): boolean
  add(key: string): void
  /** Somebody else wrote, or may have: from now on every key may be stored. */
  forgetAll(): void
}

/** @param tableIsEmpty false where the table may hold rows that were stored before */
export function createStoredKeys(tableIsEmpty: boolean): StoredKeys {
  let bits: Uint32Array | null = null
  let anything = !tableIsEmpty
  return {
    mayHold(key) {
      if (anything) return true
      if (bits === null) return false
      const [first, step] = placesOf(key)
      let place = first
      for (let probe = 0; probe < PROBES; probe += 1) {
        if (((bits[place >>> 5] ?? 0) & (1 << (place & 31))) === 0) return false
        place = (place + step) & (BITS - 1)
      }
      return true
    },
    add(key) {
      if (anything) return
      bits ??= new Uint32Array(BITS / 32)
      const [first, step] = placesOf(key)
      let place = first
      for (let probe = 0; probe < PROBES; probe += 1) {
        bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31))
        place = (place + step) & (BITS - 1)
      }
    },
    forgetAll() {
      anything = true
      bits = null
    }
  }
}

/** A place and an odd step of two hashes of the key (FNV-1a and a variant with another prime), both well mixed. */
function placesOf(key: string): [place: number, step: number] {
  let one = 0x811c9dc5
  let two = 0x9747b28c
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    two = Math.imul(two ^ code, 0x5bd1e995)
  }
  return [mixed(one) & (BITS - 1), (mixed(two) & (BITS - 1)) | 1]
}

function mixed(hash: number): number {
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
