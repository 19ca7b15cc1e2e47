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

declare const sealedText: unique symbol

/** What a keyring made of bytes: letters, digits and `. - _` only, so that it stands in JSON and in a URL as it is. */
export type SealedText = string & { readonly [sealedText]: true }

/** Takes a text for sealed. @throws TypeError when it has a character that sealed text never has */
export function asSealedText(text: string): SealedText {
  if (!/^[\w.-]*$/.test(text)) throw new TypeError('This is not sealed text: seal the bytes with the keyring')
  return text as SealedText
}
