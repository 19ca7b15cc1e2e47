import { PermanentError } from '@leadlog/contracts'

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

/** Names have neither the marks that end a sentence nor many words before the colon. */
const SPEAKER = /^([^:.?!]{1,64}):\s+(?=\S)/
const VOICE = /^<v(?:\.[^\s>]*)?[ \t]+([^>]{1,64})>/

/**
 * Reads WebVTT as Zoom writes transcripts: one cue a piece of speech, the speaker's name in front. A file that is none is refused as a
 * whole, rather than half read.
 *
 * @throws PermanentError MEETINGS_TRANSCRIPT_UNREADABLE
 */
export function parseVtt(text: string): Cue[] {
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const [header = '', ...blocks] = lines.split(/\n{2,}/)
  if (!/^WEBVTT(?:[ \t].*)?(?:\n|$)/.test(header)) throw unreadable('it does not begin with WEBVTT')
  if (header.includes('-->')) throw unreadable('there is no empty line behind WEBVTT')
  return blocks.flatMap((block) => {
    const trimmed = block.trim()
    return trimmed === '' || NO_CUE.test(trimmed) ? [] : cueOf(trimmed.split('\n'))
  })
}

function cueOf(lines: readonly string[]): Cue[] {
  const at = lines[0]?.includes('-->') === true ? 0 : 1
  const [, from, until] = TIMING.exec(lines[at]?.trim() ?? '') ?? []
  if (from === undefined || until === undefined) throw unreadable('a piece of it has no times')
  const [startMs, endMs] = [millisecondsOf(from), millisecondsOf(until)]
  if (endMs < startMs) throw unreadable('a piece of it ends before it begins')
  const spoken = lines
    .slice(at + 1)
    .join(' ')
    .trim()
  const speaker = (VOICE.exec(spoken) ?? SPEAKER.exec(spoken))?.[1] ?? null
  const words = plain(spoken.replace(VOICE, '').replace(speaker === null ? /^$/ : SPEAKER, ''))
  return words === '' ? [] : [{ startMs, endMs, speaker: speaker === null ? null : plain(speaker) || null, words }]
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
