import { exitCodeMeanings, type ExitCode } from '../exit-codes.ts'
import type { Style } from '../output/style.ts'
import { kebab } from './parse-verb-args.ts'
import type { Verb, VerbEntry } from './verb.ts'

/** The whole help of one verb. */
export function verbHelp(entry: VerbEntry, verb: Verb, style: Style): string {
  const args = Object.entries(verb.arguments ?? {})
  const sections = [
    `${style.bold(`leadlog ${entry.name}`)}: ${entry.summary}`,
    ...(verb.description === undefined ? [] : [paragraph(verb.description, style.width)]),
    `${style.bold('usage')}\n  ${usageLine(entry.name, verb)}`,
    ...(args.length === 0
      ? []
      : [
          section(
            style,
            'arguments',
            args.map(([key, spec]) => [`<${kebab(key)}>`, spec.description])
          )
        ]),
    section(style, 'options', optionLines(verb)),
    section(style, 'examples', verb.examples),
    ...exitCodeSection(verb, style)
  ]
  return sections.join('\n\n')
}

/** The longest lines that are read with ease. */
const PARAGRAPH = 120

/** A text that was written in lines, broken anew for the terminal. */
export function paragraph(text: string, columns: number | undefined): string {
  return broken(text.replaceAll('\n', ' '), Math.min(PARAGRAPH, columns ?? PARAGRAPH)).join('\n')
}

/** `leadlog events find [options] <what>`. */
export function usageLine(name: string, verb: Verb): string {
  const args = Object.entries(verb.arguments ?? {}).map(([key, { form }]) => {
    const word = `<${kebab(key)}>`
    if (form === 'any') return `[${word}…]`
    return form === 'required' ? word : form === 'many' ? `${word}…` : `[${word}]`
  })
  return ['leadlog', name, '[options]', ...args].join(' ')
}

function optionLines(verb: Verb): [string, string][] {
  const own = Object.entries(verb.options ?? {}).map(([key, spec]): [string, string] => {
    const short = spec.short === undefined ? '' : `-${spec.short}, `
    const placeholder = spec.placeholder === '' ? '' : ` ${spec.placeholder}`
    return [`${short}--${kebab(key)}${placeholder}`, spec.description]
  })
  return [
    ...own,
    ...(verb.dangerous === true ? [['-y, --yes', 'go ahead without asking'] as [string, string]] : []),
    ['--json', 'print JSON for programs: one document, or one line for each item of a stream'],
    ['--help', 'show this']
  ]
}

function exitCodeSection(verb: Verb, style: Style): string[] {
  const own = Object.entries(verb.exitCodes ?? {}).map(([code, meaning]): [string, string] => [code, meaning])
  if (own.length === 0) return []
  const all = own.map(([code, meaning]): [string, string] => [
    code,
    meaning || exitCodeMeanings[Number(code) as ExitCode]
  ])
  return [section(style, 'exit codes (the others: leadlog help exit-codes)', all)]
}

function section(style: Style, title: string, lines: readonly (readonly [string, string])[]): string {
  return `${style.bold(title)}\n${twoColumns(lines, style.width)}`
}

/** The widest first column that still has its text beside it. */
const WIDEST_TERM = 34

/** Fewer characters in a line cannot be read. */
const NARROWEST_TEXT = 30

/** @param columns of the terminal; undefined where no line is to be broken */
export function twoColumns(lines: readonly (readonly [string, string])[], columns?: number): string {
  const width = Math.min(WIDEST_TERM, Math.max(...lines.map(([term]) => term.length)))
  const indent = ' '.repeat(width + 4)
  const room = columns === undefined ? Infinity : Math.max(NARROWEST_TEXT, columns - indent.length)
  return lines
    .map(([term, meaning]) => {
      const text = broken(meaning, room).join(`\n${indent}`)
      return term.length > width ? `  ${term}\n${indent}${text}` : `  ${term.padEnd(width)}  ${text}`
    })
    .join('\n')
}

/** The text in lines that are no longer than told, as far as its words are. */
function broken(text: string, longest: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > longest) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
