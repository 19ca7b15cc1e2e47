/** Finds texts in bytes: as UTF-8 whatever the case, and inside base64 at any of its three alignments. */
export interface TextSearch {
  readonly texts: readonly string[]
  /** True when the bytes hold one of the texts. */
  foundIn(bytes: Uint8Array): boolean
}

/** Shorter texts would be found everywhere. */
const SHORTEST = 5

export function createTextSearch(texts: Iterable<string>): TextSearch {
  const wanted = [...new Set([...texts].map((text) => text.trim().toLowerCase()))].filter(
    (text) => text.length >= SHORTEST
  )
  const encoded = [...new Set([...texts].flatMap((text) => base64Forms(text.trim())))]
  return {
    texts: wanted,
    foundIn(bytes) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
      const lower = text.toLowerCase()
      return wanted.some((one) => lower.includes(one)) || encoded.some((one) => text.includes(one))
    }
  }
}

/** What a text looks like inside base64, without the characters that its neighbours have a part in. */
function base64Forms(text: string): string[] {
  if (text.length < SHORTEST) return []
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf8')])
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64')
    return whole.slice(shift === 0 ? 0 : 4)
  })
}
