import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'

export type Weight = 'regular' | 'bold'

/** A font of one weight, with what it can write. */
export interface PdfFont {
  /** Under this name a document knows it. */
  readonly name: string
  readonly bytes: Buffer
  has(codePoint: number): boolean
  /** Whether it writes the text from right to left by itself. */
  turns(text: string): boolean
}

const require = createRequire(import.meta.url)
const dejaVu = (file: string): string => join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf', file)
const noto = (name: string, file: string): string => join(dirname(require.resolve(name)), '../fonts', file)

/** In the order in which they are asked. The large ones are read when a text needs them. */
const FILES: Readonly<Record<Weight, readonly (() => string)[]>> = {
  // Latin, Greek, Cyrillic, Hebrew, Arabic; Chinese with kana; Korean.
  regular: [
    () => dejaVu('DejaVuSans.ttf'),
    () => noto('@embedpdf/fonts-sc', 'NotoSansHans-Regular.otf'),
    () => noto('@embedpdf/fonts-kr', 'NotoSansKR-Regular.otf')
  ],
  bold: [
    () => dejaVu('DejaVuSans-Bold.ttf'),
    () => noto('@embedpdf/fonts-sc', 'NotoSansHans-Bold.otf'),
    () => noto('@embedpdf/fonts-kr', 'NotoSansKR-Bold.otf')
  ]
}

const opened = new Map<string, PdfFont>()

/** The first font that can write a character; the first of all where none can. */
export function fontFor(weight: Weight, codePoint: number): PdfFont {
  const fonts = FILES[weight]
  for (let place = 0; place < fonts.length; place += 1) {
    const font = open(weight, place)
    if (font.has(codePoint)) return font
  }
  return open(weight, 0)
}

function open(weight: Weight, place: number): PdfFont {
  const name = `${weight}-${place}`
  const known = opened.get(name)
  if (known !== undefined) return known
  const bytes = readFileSync(FILES[weight][place]?.() ?? '')
  const font = create(bytes) as Font
  const made: PdfFont = {
    name,
    bytes,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    turns: (text) => font.layout(text).direction === 'rtl'
  }
  opened.set(name, made)
  return made
}
