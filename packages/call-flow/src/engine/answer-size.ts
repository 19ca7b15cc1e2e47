import type { Verb } from './verb.ts'

/** Twilio takes 64 KB. Beyond half of it the answer ends here: whatever a step still adds fits into the other half. */
const FULL_BYTES = 32_768

/** True where the rest of what is to be said belongs into another answer. */
export function isFull(verbs: readonly Verb[]): boolean {
  let bytes = 0
  for (const verb of verbs) {
    if (verb.verb === 'say') bytes += bytesOf(verb.text)
    if (verb.verb === 'play') bytes += bytesOf(verb.url)
    if (bytes > FULL_BYTES) return true
  }
  return false
}

/** With the longest that XML makes of a character, and the tags around. */
function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length + 4 * (text.match(/[&<>]/g)?.length ?? 0) + 100
}
