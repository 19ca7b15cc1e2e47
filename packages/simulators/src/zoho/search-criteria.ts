import type { JsonObject, JsonValue } from '../json.ts'

/** Decides whether a record is found. */
export type Criterion = (record: JsonObject) => boolean

const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const ordered = (a: string, b: string): number => {
  const [x, y] = [a, b].map((text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text)))
  return x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y
}

const operators: Record<string, (have: string, wanted: string) => boolean> = {
  equals: same,
  not_equal: (have, wanted) => !same(have, wanted),
  starts_with: (have, wanted) => have.toLowerCase().startsWith(wanted.toLowerCase()),
  in: (have, wanted) => wanted.split(',').some((choice) => same(have, choice.trim())),
  greater_than: (have, wanted) => ordered(have, wanted) > 0,
  greater_equal: (have, wanted) => ordered(have, wanted) >= 0,
  less_than: (have, wanted) => ordered(have, wanted) < 0,
  less_equal: (have, wanted) => ordered(have, wanted) <= 0,
  between: (have, wanted) => {
    const [low, high] = wanted.split(',')
    return low !== undefined && high !== undefined && ordered(have, low) >= 0 && ordered(have, high) <= 0
  }
}

/** Zoho escapes brackets and backslashes inside values by a backslash. */
const unescape = (text: string): string => text.replace(/\\(.)/g, '$1')

const parseSimple = (text: string): Criterion | undefined => {
  const [, field, name, value] = /^([\w$.]+):(\w+):(.*)$/su.exec(text) ?? []
  const operator = name === undefined ? undefined : operators[name]
  if (field === undefined || operator === undefined || value === undefined) return undefined
  return (record) => operator(textOf(record[field]), unescape(value))
}

/** The parts of `(a)and(b)or(c)`: the groups at the top level, and the words between them. */
const split = (text: string): { groups: string[]; words: string[] } | undefined => {
  const groups: string[] = []
  const words: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '(') {
      if (depth === 0) {
        words.push(text.slice(start, at).trim())
        start = at + 1
      }
      depth += 1
    } else if (sign === ')') {
      depth -= 1
      if (depth < 0) return undefined
      if (depth === 0) {
        groups.push(text.slice(start, at))
        start = at + 1
      }
    }
  }
  return depth === 0 && text.slice(start).trim() === '' ? { groups, words: words.slice(1) } : undefined
}

/** Reads `criteria=((Email:equals:a@b.c)and(Last_Name:starts_with:D))`; `undefined` where it is not well formed. */
export const parseCriteria = (text: string): Criterion | undefined => {
  const trimmed = text.trim()
  if (!trimmed.startsWith('(')) return parseSimple(trimmed)
  const parts = split(trimmed)
  if (parts === undefined) return undefined
  const criteria = parts.groups.map(parseCriteria)
  const known = criteria.filter((criterion) => criterion !== undefined)
  if (known.length !== criteria.length || parts.words.some((word) => word !== 'and' && word !== 'or')) return undefined
  return (record) =>
    known.reduce((found, criterion, index) => {
      if (index === 0) return criterion(record)
      return parts.words[index - 1] === 'or' ? found || criterion(record) : found && criterion(record)
    }, true)
}

/** Finds a word at the start of any word of any text field. */
export const wordCriterion = (word: string): Criterion => {
  const wanted = word.toLowerCase()
  return (record) =>
    Object.values(record).some(
      (value) =>
        typeof value === 'string' &&
        value
          .toLowerCase()
          .split(/[\s,;]+/)
          .some((part) => part.startsWith(wanted))
    )
}
