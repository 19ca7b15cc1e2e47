/** How far one step of a long operation is. */
export interface Progress {
  /** The step, for people: `EVENTS`, `crm_sync.effects`, `EVENTS: check`. */
  readonly step: string
  readonly done: number
  /** Null where it is not known before. */
  readonly total: number | null
  readonly unit: 'bytes' | 'messages'
}

export type OnProgress = (progress: Progress) => void

/** Tells of the bytes that pass. */
export async function* counted<T extends Uint8Array>(
  source: AsyncIterable<T>,
  step: string,
  total: number | null,
  onProgress: OnProgress | undefined
): AsyncGenerator<T> {
  let done = 0
  for await (const piece of source) {
    yield piece
    done += piece.length
    onProgress?.({ step, done, total, unit: 'bytes' })
  }
}
