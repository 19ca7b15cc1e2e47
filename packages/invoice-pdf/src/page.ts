import PDFDocument from 'pdfkit'
import type { Weight } from './fonts.ts'
import { linesOf, type Line } from './text-runs.ts'

export const LEFT = 56
export const WIDTH = 483
const TOP = 56
/** Nothing of a document stands below this: the foot of the page does. */
const LOWEST = 760
const FOOT = 790
const LINE_HEIGHT = 1.35
const INK = '#1a1a1a'
const PALE = '#666666'
const HAIR = '#c8c8c8'

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly pale?: boolean
  readonly align?: 'left' | 'right'
}

/** A text that is laid out for a place of some width. */
export interface Block {
  readonly lines: readonly Line[]
  readonly style: TextStyle
  readonly width: number
  readonly height: number
}

/** A document that is written from above to below. */
export interface Paper {
  y: number
  /** Lays a text out without writing it. */
  block(text: string, width: number, style: TextStyle): Block
  /** Writes what was laid out; nothing else moves. */
  put(block: Block, x: number, y: number): void
  /** Room for so much, on a next page where this one has none. True where the page is new. */
  room(height: number): boolean
  rule(): void
  /** Across the page, pale, behind nothing. */
  mark(text: string): void
  /** The finished file. @param foot stands on every page, beside its number */
  finish(foot: string): Promise<Buffer>
}

/** An empty document of A4 pages. The same calls give the same bytes. */
export function createPaper(info: { title: string; author: string; at: Date }): Paper {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: info.title, Author: info.author, CreationDate: info.at, ModDate: info.at }
  })
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const registered = new Set<string>()
  // Without features words are laid out one by one, and those of a text from right to left would stand in the wrong order.
  const whole: PDFKit.Mixins.TextOptions = { features: [], lineBreak: false }
  const measured = new Map<string, number>()

  const use = (font: Line['runs'][number]['font'], size: number): void => {
    if (!registered.has(font.name)) {
      document.registerFont(font.name, font.bytes)
      registered.add(font.name)
    }
    document.font(font.name).fontSize(size)
  }
  const measure =
    (size: number) =>
    (text: string, font: Line['runs'][number]['font']): number => {
      const key = `${font.name} ${size} ${text}`
      const known = measured.get(key)
      if (known !== undefined) return known
      use(font, size)
      const width = document.widthOfString(text, whole)
      measured.set(key, width)
      return width
    }
  const paper: Paper = {
    y: TOP,
    block(text, width, style) {
      const { size, weight = 'regular' } = style
      const lines = text === '' ? [] : linesOf(text, { width, weight, measure: measure(size) })
      return { lines, style, width, height: lines.length * size * LINE_HEIGHT }
    },
    put({ lines, style, width }, x, y) {
      const { size, pale = false, align = 'left' } = style
      document.fillColor(pale ? PALE : INK)
      for (const [index, line] of lines.entries()) {
        let at = align === 'right' ? x + width - line.width : x
        const baseline = y + index * size * LINE_HEIGHT + size
        for (const { text, font, width: runWidth } of line.runs) {
          use(font, size)
          document.text(text, at, baseline, { ...whole, baseline: 'alphabetic' })
          at += runWidth
        }
      }
    },
    room(height) {
      if (paper.y + height <= LOWEST) return false
      document.addPage()
      paper.y = TOP
      return true
    },
    rule() {
      document
        .moveTo(LEFT, paper.y)
        .lineTo(LEFT + WIDTH, paper.y)
        .lineWidth(0.75)
        .strokeColor(HAIR)
        .stroke()
    },
    mark(text) {
      const block = paper.block(text, WIDTH, { size: 28, weight: 'bold', pale: true, align: 'right' })
      paper.put(block, LEFT, TOP - 8)
    },
    finish(foot) {
      const { start, count } = document.bufferedPageRange()
      for (let page = 0; page < count; page += 1) {
        document.switchToPage(start + page)
        const number = paper.block(`Page ${page + 1} of ${count}`, 90, { size: 7.5, pale: true, align: 'right' })
        paper.put(number, LEFT + WIDTH - 90, FOOT)
        const [first] = paper.block(foot, WIDTH - 100, { size: 7.5, pale: true }).lines
        if (first !== undefined) {
          paper.put({ lines: [first], style: { size: 7.5, pale: true }, width: WIDTH - 100, height: 10 }, LEFT, FOOT)
        }
      }
      const finished = new Promise<Buffer>((resolve, reject) => {
        document.on('end', () => resolve(Buffer.concat(chunks)))
        document.on('error', reject)
      })
      document.end()
      return finished
    }
  }
  return paper
}
