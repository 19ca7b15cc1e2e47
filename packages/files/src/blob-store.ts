/**
 * Where sealed bytes rest, in pieces small enough to hold in memory. A store knows nothing of what they are: neither names
 * nor metadata tell of a person.
 */
export interface BlobStore {
  /** Resolves when the piece is stored for good. A name is written once; the same name again replaces it. */
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null where there is none. */
  get(name: string): Promise<Uint8Array | null>
  /** Also done where there is none any more. */
  remove(name: string): Promise<void>
  /** Every piece, in no order. @param prefix of the names */
  list(prefix: string): AsyncIterable<StoredBlob>
  close(): Promise<void>
}

/** A piece as its store lists it. */
export interface StoredBlob {
  readonly name: string
  readonly bytes: number
  readonly storedAt: Date
}
