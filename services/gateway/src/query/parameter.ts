import { Type, type TSchema } from '@sinclair/typebox'

/** A query parameter: what the documentation says of it, and how its text becomes a value. */
export interface Parameter<Value> {
  readonly schema: TSchema
  /** What the value is where the parameter is absent. */
  readonly absent: Value
  /** @throws TypeError whose message says what the parameter must be */
  parse(text: string): Value
}

interface Described {
  readonly description: string
}

/**
 * The schema documents the parameter and lets every text through, so that `parse` alone decides and its words reach
 * the client.
 */
function parameter<Value>(
  documented: Readonly<Record<string, unknown>>,
  absent: Value,
  parse: (text: string) => Value
): Parameter<Value> {
  return { schema: Type.Optional(Type.Unknown(documented)), absent, parse }
}

/** Longest text that a filter may be; indexes hold nothing longer. */
const MAX_TEXT = 500

/** A filter by equality with a text. */
export function textParameter(options: Described): Parameter<string | undefined> {
  return parameter({ type: 'string', maxLength: MAX_TEXT, ...options }, undefined, (text) => {
    if (text === '' || text.length > MAX_TEXT || text.includes('\0')) {
      throw new TypeError(`must have 1 to ${MAX_TEXT} characters`)
    }
    return text
  })
}

/** One of the given words. */
export function choiceParameter<const Word extends string>(
  options: Described & { words: readonly Word[] }
): Parameter<Word | undefined> {
  const { words, description } = options
  return parameter<Word | undefined>({ type: 'string', enum: words, description }, undefined, (text) => {
    const word = words.find((candidate) => candidate === text)
    if (word === undefined) throw new TypeError(`must be one of ${words.join(', ')}`)
    return word
  })
}

/** One or several of the given words, separated by commas. */
export function choicesParameter<const Word extends string>(
  options: Described & { words: readonly Word[] }
): Parameter<readonly Word[] | undefined> {
  const { words } = options
  const description = `${options.description}; one or several, separated by commas: ${words.join(', ')}`
  return parameter<readonly Word[] | undefined>({ type: 'string', description }, undefined, (text) => {
    const chosen = new Set(text.split(','))
    const known = words.filter((word) => chosen.has(word))
    if (known.length < chosen.size) {
      throw new TypeError(`must be one of ${words.join(', ')}, or several of them separated by commas`)
    }
    return known
  })
}

/** The order of a list: a field's name, with a minus for descending. */
export function sortParameter<const Word extends string>(...words: readonly [Word, ...Word[]]): Parameter<Word> {
  const [first] = words
  const documented = { type: 'string', enum: words, default: first, description: 'order; a minus means descending' }
  return parameter<Word>(documented, first, (text) => {
    const word = words.find((candidate) => candidate === text)
    if (word === undefined) throw new TypeError(`must be one of ${words.join(', ')}`)
    return word
  })
}

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200
/** Digits only, without a zero before them. */
export const WHOLE_NUMBER = /^(0|[1-9]\d{0,14})$/

/** Rows of a page: a whole number from 1 to 200, written in digits only. */
export function limitParameter(): Parameter<number> {
  const documented = {
    type: 'integer',
    minimum: 1,
    maximum: MAX_LIMIT,
    default: DEFAULT_LIMIT,
    description: 'rows of a page'
  }
  return parameter(documented, DEFAULT_LIMIT, (text) => {
    const limit = WHOLE_NUMBER.test(text) ? Number(text) : 0
    if (limit < 1 || limit > MAX_LIMIT) throw new TypeError(`must be a whole number from 1 to ${MAX_LIMIT}`)
    return limit
  })
}

/** A sequence of the EVENTS stream that the answer must include. */
export function afterParameter(): Parameter<number | undefined> {
  const description = 'read your writes: wait (at most 5 s) until this sequence of the log is part of what is read'
  return parameter<number | undefined>({ type: 'integer', minimum: 0, description }, undefined, (text) => {
    if (!WHOLE_NUMBER.test(text)) throw new TypeError('must be a whole number from 0')
    return Number(text)
  })
}

export const TIME_HINT = 'must be a time such as 2026-11-18T10:00:00Z, or a day such as 2026-11-18'

const DAY = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** A moment: ISO 8601 with a zone, or a day, which means its start in UTC. */
export function timeParameter(options: Described): Parameter<string | undefined> {
  return parameter<string | undefined>({ type: 'string', format: 'date-time', ...options }, undefined, (text) => {
    const time = DAY.test(text) || TIME.test(text) ? new Date(text) : null
    if (time === null || Number.isNaN(time.getTime())) {
      throw new TypeError(TIME_HINT)
    }
    return time.toISOString()
  })
}

/** The place in a list where the page before ended; what it is is the list's own business. */
export function cursorParameter(): Parameter<string | undefined> {
  return textParameter({ description: '`nextCursor` of the page before' })
}
