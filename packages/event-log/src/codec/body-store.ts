/** Holds what is too large for a message. */
export interface BodyStore {
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Null when there is nothing of that name. */
  get(name: string): Promise<Uint8Array | null>
}
