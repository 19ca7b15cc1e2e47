/** What stands in for a value whose key was destroyed. */
export const ERASED = Symbol('erased')

/**
 * Encrypts the personal parts of events. The keyring implements it; the event log and ingest use it. `context` (the
 * event's id and the field's name) is authenticated with the value, so that a sealed value cannot be moved elsewhere.
 */
export interface EventCipher {
  /** Seals a JSON value under the key, creating the key when it is new. */
  seal(keyId: string, value: unknown, context: string): Promise<string>
  /** Opens a sealed value; {@link ERASED} when its key was destroyed. @throws PermanentError on a tampered value */
  open(keyId: string, sealed: string, context: string): Promise<unknown>
}
