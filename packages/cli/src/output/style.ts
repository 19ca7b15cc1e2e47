import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** How words are shown: marked, and within which width. Without colour every function gives the words back as they are. */
export interface Style {
  /** Columns of the terminal; undefined in a pipe, where nothing is cut. */
  readonly width: number | undefined
  readonly bold: (words: string) => string
  readonly dim: (words: string) => string
  readonly good: (words: string) => string
  readonly bad: (words: string) => string
  readonly warn: (words: string) => string
  readonly name: (words: string) => string
}

export function createStyle(colour: boolean, width?: number): Style {
  const mark = (format: Format) => (words: string) =>
    colour && words !== '' ? styleText(format, words, { validateStream: false }) : words
  return {
    width,
    bold: mark('bold'),
    dim: mark('dim'),
    good: mark('green'),
    bad: mark('red'),
    warn: mark('yellow'),
    name: mark('cyan')
  }
}

export const plainStyle = createStyle(false)

/** Colour is for terminals, and never against NO_COLOR; FORCE_COLOR asks for it in a pipe. */
export function wantsColour(terminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment['NO_COLOR']) return false
  const forced = environment['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced !== '0'
  return terminal && environment['TERM'] !== 'dumb'
}
