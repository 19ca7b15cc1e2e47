/** A piece of sound of one channel. */
export interface Sound {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly signal: AbortSignal
}

/** What was heard. Times are milliseconds from the beginning of the sound. */
export interface Heard {
  readonly language: string | null
  readonly segments: readonly { readonly startMs: number; readonly endMs: number; readonly words: string }[]
}

/**
 * Writes down what is said. Rejects with TransientError where a later attempt may succeed, with PermanentError where somebody
 * has to change something. What it is not sure to have heard it leaves out.
 */
export interface Transcriber {
  /** As it is recorded. */
  readonly provider: string
  readonly model: string
  transcribe(sound: Sound): Promise<Heard>
}
