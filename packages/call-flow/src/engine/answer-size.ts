import type { Sound, Verb } from './verb.ts'

/** Twilio takes 64 KB; what an answer begins and ends with has the rest. */
const MOST_BYTES = 60_000
/** A verb with its attributes, of which addresses of ours are the longest. */
const VERB_BYTES = 1_500
const SOUND_BYTES = 250

/**
 * True where the verbs fit into one answer with those before them. What a single step adds always fits into an answer of
 * its own: a prompt and the hints of a step are bounded (`sounds.ts`, `hints.ts`).
 */
export function fitsInto(before: readonly Verb[], verbs: readonly Verb[]): boolean {
  return before.length === 0 || bytesOf(before) + bytesOf(verbs) <= MOST_BYTES
}

/** At least as many bytes as the verbs have as TwiML. */
export function bytesOf(verbs: readonly Verb[]): number {
  return verbs.reduce((sum, verb) => sum + bytesOfVerb(verb), 0)
}

function bytesOfVerb(verb: Verb): number {
  switch (verb.verb) {
    case 'say':
    case 'play':
      return bytesOfSound(verb)
    case 'gather':
      return (
        VERB_BYTES +
        verb.sounds.reduce((sum, sound) => sum + bytesOfSound(sound), 0) +
        verb.hints.reduce((sum, hint) => sum + escapedBytes(hint) + 2, 0)
      )
    case 'dial':
      return VERB_BYTES + verb.numbers.length * 60
    default:
      return VERB_BYTES
  }
}

function bytesOfSound(sound: Sound): number {
  return SOUND_BYTES + escapedBytes(sound.verb === 'say' ? sound.text : sound.url)
}

const encoder = new TextEncoder()

/** In UTF-8, with the longest that XML makes of the characters it escapes, in texts and in attributes. */
export function escapedBytes(text: string): number {
  return encoder.encode(text).length + 5 * (text.match(/[&<>"'\t\n\r]/g)?.length ?? 0)
}
