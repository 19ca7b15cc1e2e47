import bidiFactory, { type Bidi } from 'bidi-js'
import LineBreaker from 'linebreak'
import { fontFor, type PdfFont, type Weight } from './fonts.ts'

/** A piece of a line in one font and one direction. */
export interface Run {
  readonly text: string
  readonly font: PdfFont
  readonly width: number
}

/** A line, its runs from left to right. */
export interface Line {
  readonly runs: readonly Run[]
  readonly width: number
}

/** How wide a text is in a font. */
export type Measure = (text: string, font: PdfFont) => number

/** Its types say that the factory is a property of the module; it is the module. */
const bidi = (bidiFactory as unknown as () => Bidi)()
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** What a document does not show: it would be a box. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/**
 * Breaks a text into lines of at most `width`, and each line into runs: a font for every script, and what is written from
 * right to left in its place. A word that is wider than a line is broken inside.
 */
export function linesOf(text: string, options: { width: number; weight: Weight; measure: Measure }): Line[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((paragraph) => linesOfParagraph(paragraph.replace(UNSEEN, ' ').normalize('NFC'), options))
}

function linesOfParagraph(
  text: string,
  { width, weight, measure }: { width: number; weight: Weight; measure: Measure }
): Line[] {
  const lines: string[] = []
  let line = ''
  const fits = (candidate: string): boolean => widthOf(candidate.trimEnd(), weight, measure) <= width
  for (const piece of pieces(text)) {
    if (fits(line + piece)) {
      line += piece
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    if (fits(piece)) {
      line = piece
      continue
    }
    for (const { segment } of graphemes.segment(piece)) {
      if (line !== '' && !fits(line + segment)) {
        lines.push(line)
        line = ''
      }
      line += segment
    }
  }
  lines.push(line)
  return lines.map((one) => lineOf(one.trimEnd(), weight, measure))
}

function* pieces(text: string): Generator<string> {
  const breaker = new LineBreaker(text)
  let from = 0
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    yield text.slice(from, next.position)
    from = next.position
  }
}

function widthOf(text: string, weight: Weight, measure: Measure): number {
  return byFont(text, weight).reduce((sum, { text: part, font }) => sum + measure(part, font), 0)
}

/** Levels, mirrored brackets and the order of runs are Unicode's annex 9. */
function lineOf(text: string, weight: Weight, measure: Measure): Line {
  const embedding = bidi.getEmbeddingLevels(text)
  const { levels } = embedding
  const mirrored = bidi.getMirroredCharactersMap(text, levels)
  const runs: (Run & { readonly level: number })[] = []
  let from = 0
  for (let to = 1; to <= text.length; to += 1) {
    if (to < text.length && levels[to] === levels[from]) continue
    const level = levels[from] ?? 0
    const shown = text
      .slice(from, to)
      .split('')
      .map((unit, index) => mirrored.get(from + index) ?? unit)
      .join('')
    for (const { text: part, font } of byFont(shown, weight)) {
      // The font turns by script: Arabic figures, which run from left to right, and brackets between Hebrew it gets wrong.
      const turned = font.turns(part) === (level % 2 === 1) ? part : backwards(part)
      runs.push({ text: turned, font, level, width: measure(turned, font) })
    }
    from = to
  }
  return { runs: inSight(runs), width: runs.reduce((sum, run) => sum + run.width, 0) }
}

function backwards(text: string): string {
  return [...graphemes.segment(text)]
    .map(({ segment }) => segment)
    .reverse()
    .join('')
}

/** From the highest level down, what is at it or above is turned round. */
function inSight<R extends { readonly level: number }>(runs: readonly R[]): R[] {
  const order = [...runs]
  const highest = Math.max(0, ...runs.map(({ level }) => level))
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < order.length; from += 1) {
      if ((order[from]?.level ?? 0) < level) continue
      let to = from
      while (to < order.length && (order[to]?.level ?? 0) >= level) to += 1
      order.splice(from, to - from, ...order.slice(from, to).reverse())
      from = to
    }
  }
  return order
}

/** Signs that join their neighbours stay in the font before them. */
function byFont(text: string, weight: Weight): { readonly text: string; readonly font: PdfFont }[] {
  const parts: { text: string; font: PdfFont }[] = []
  for (const { segment } of graphemes.segment(text)) {
    const last = parts.at(-1)
    const font = last !== undefined && /^\s*$/.test(segment) ? last.font : fontFor(weight, segment.codePointAt(0) ?? 0)
    if (last?.font === font) last.text += segment
    else parts.push({ text: segment, font })
  }
  return parts
}
