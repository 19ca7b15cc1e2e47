import { PermanentError } from '@leadlog/contracts'
import { isSameName } from '../attendance/participant-side.ts'

/** Words that were said, with who said them. Times are milliseconds from the beginning. */
export interface Cue {
  readonly startMs: number
  readonly endMs: number
  /** Null where it is not said who speaks. */
  readonly speaker: string | null
  readonly words: string
}

const TIMING = /^((?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})[ \t]+-->[ \t]+((?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3})(?:[ \t].*)?$/
const NO_CUE = /^(NOTE|STYLE|REGION)(\s|$)/

/** What may be a name. */
const SPEAKER = /^([^:]{1,64}):\s+(?=\S)/

/** Names that nobody knows have none of the marks that end a sentence. */
const SENTENCE = /[.?!]/

/** Who says this much is taken for somebody, though nobody knows the name. Phrases such as “Note:” are said less often. */
const CUES_OF_A_SPEAKER = 3

const VOICE = /^<v(?:\.[^\s>]*)?[ \t]+([^>]{1,64})>/

/**
 * Reads WebVTT as Zoom writes transcripts: one cue a piece of speech, the speaker's name in front. Zoom leaves the name out where it
 * does not know who speaks, and then the first words may look like one (“Note: …”). So what stands before a colon is a name where
 * somebody of that name is known to have been there, or where at least three cues begin with it; else it is part of what was said.
 * A file that is no WebVTT is refused as a whole, rather than half read.
 *
 * @param names of those who are known to have been there
 * @throws PermanentError MEETINGS_TRANSCRIPT_UNREADABLE
 */
export function parseVtt(text: string, names: readonly (string | null)[]): Cue[] {
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const [header = '', ...blocks] = lines.split(/\n{2,}/)
  if (!/^WEBVTT(?:[ \t].*)?(?:\n|$)/.test(header)) throw unreadable('it does not begin with WEBVTT')
  if (header.includes('-->')) throw unreadable('there is no empty line behind WEBVTT')
  const spoken = blocks.flatMap((block) => {
    const trimmed = block.trim()
    return trimmed === '' || NO_CUE.test(trimmed) ? [] : spokenOf(trimmed.split('\n'))
  })
  const counts = new Map<string, number>()
  for (const { before } of spoken) counts.set(before, (counts.get(before) ?? 0) + 1)
  const isName = (before: string): boolean =>
    ((counts.get(before) ?? 0) >= CUES_OF_A_SPEAKER && !SENTENCE.test(before)) ||
    names.some((name) => isSameName(name, before))
  return spoken.flatMap(({ startMs, endMs, voice, before, text: said }) => {
    const isNamed = before !== '' && isName(before)
    const words = plain(isNamed ? said.replace(SPEAKER, '') : said)
    return words === '' ? [] : [{ startMs, endMs, speaker: voice || (isNamed ? before : null), words }]
  })
}

/** A piece of speech as it is written. */
interface Spoken {
  readonly startMs: number
  readonly endMs: number
  /** Whom a mark names; empty where there is none. */
  readonly voice: string
  /** What may be a name, where no mark names anybody; else empty. */
  readonly before: string
  readonly text: string
}

function spokenOf(lines: readonly string[]): Spoken {
  const at = lines[0]?.includes('-->') === true ? 0 : 1
  const [, from, until] = TIMING.exec(lines[at]?.trim() ?? '') ?? []
  if (from === undefined || until === undefined) throw unreadable('a piece of it has no times')
  const [startMs, endMs] = [millisecondsOf(from), millisecondsOf(until)]
  if (endMs < startMs) throw unreadable('a piece of it ends before it begins')
  const text = lines
    .slice(at + 1)
    .join(' ')
    .trim()
  const voice = plain(VOICE.exec(text)?.[1] ?? '')
  const before = voice === '' ? plain(SPEAKER.exec(text)?.[1] ?? '') : ''
  return { startMs, endMs, voice, before, text: text.replace(VOICE, '') }
}

function millisecondsOf(time: string): number {
  const [seconds = '0', minutes = '0', hours = '0'] = time.split(':').reverse()
  return Math.round(Number(seconds) * 1000) + Number(minutes) * 60_000 + Number(hours) * 3_600_000
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
  '&amp;': '&'
}

/** Without marks of voice and style. */
function plain(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:lt|gt|nbsp|lrm|rlm|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function unreadable(why: string): PermanentError {
  return new PermanentError('MEETINGS_TRANSCRIPT_UNREADABLE', `The transcript is no WebVTT: ${why}`)
}
