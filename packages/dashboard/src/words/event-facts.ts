import { fieldWords } from './fields.ts'
import { bytes, dollars, duration, percent, thousands } from './format.ts'
import { deliveryName, handlerName, nameOf, schemeWords, sentence } from './names.ts'

export type FactValue = string | number | boolean | readonly string[]

/** How the small facts of an event are said, by the name that the log gives them. */
const NUMBERS: Readonly<Record<string, (value: number) => string>> = {
  size: bytes,
  waitedMs: duration,
  latencyMs: duration,
  costMicroUsd: dollars,
  confidence: percent,
  coverage: percent
}

const TEXTS: Readonly<Record<string, (value: string) => string>> = {
  provider: nameOf,
  service: nameOf,
  handler: handlerName,
  eventType: deliveryName,
  disposition: sentence,
  transcript: sentence,
  outcome: sentence,
  action: sentence,
  how: sentence,
  kind: sentence,
  reason: sentence,
  verifiedBy: schemeWords,
  fallbackBecause: sentence
}

const TITLES: Readonly<Record<string, string>> = {
  waitedMs: 'Waited in the queue',
  latencyMs: 'Answered in',
  costMicroUsd: 'Cost',
  httpStatus: 'HTTP status',
  crmId: 'CRM record',
  crmNoteId: 'CRM note',
  externalId: 'Sender’s ID',
  fieldNames: 'Fields',
  eventType: 'What'
}

/** Ids and codes, to be compared letter by letter. */
const CODES = new Set(['externalId', 'crmId', 'crmNoteId', 'code', 'model', 'promptVersion', 'key', 'deadLetterId'])

/** A fact of an event in words; `isCode` where it is for comparing and not for reading. */
export interface FactWords {
  readonly title: string
  readonly words: string
  readonly isCode: boolean
}

export function factWords(name: string, value: FactValue): FactWords {
  return { title: TITLES[name] ?? sentence(name), words: wordsOf(name, value), isCode: CODES.has(name) }
}

function wordsOf(name: string, value: FactValue): string {
  if (typeof value === 'number') return NUMBERS[name]?.(value) ?? thousands(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'string') return TEXTS[name]?.(value) ?? value
  if (value.length === 0) return 'None'
  if (name === 'fields') return value.map(fieldWords).join(', ')
  if (name === 'fieldNames') return value.map((field) => field.replaceAll('_', ' ')).join(', ')
  return value.map(sentence).join(', ')
}
