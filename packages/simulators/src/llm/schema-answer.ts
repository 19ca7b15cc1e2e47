import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { personFinding } from './person-facts.ts'
import { readSource } from './source-text.ts'
import type { SourceText } from './source-text.ts'
import { findingsFor } from './topics.ts'
import type { Finding } from './topics.ts'

interface Question {
  prompt: string
  source: SourceText
  root: JsonObject
  /** Quotes that were used so far, by property. */
  quotes: Map<string, string>
}

const MAX_TEXT = 240
const MAX_ITEMS = 3

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '')

/** The type words of a schema, in lower case: JSON Schema's and the OpenAPI dialect's. */
const typesOf = (schema: JsonObject): string[] => {
  const { type } = schema
  const words = Array.isArray(type) ? type : [type]
  return words.filter((word): word is string => typeof word === 'string').map((word) => word.toLowerCase())
}

const resolve = (schema: JsonObject, root: JsonObject): JsonObject => {
  const reference = asText(schema.$ref)
  if (reference === undefined) return schema
  const target = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<JsonValue | undefined>((at, part) => (isJsonObject(at) ? at[part] : undefined), root)
  return isJsonObject(target) ? resolve(target, root) : {}
}

const alternatives = (schema: JsonObject): JsonObject[] =>
  [schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isJsonObject) : []))

/** The schema that is answered: of several, the first that is not `null`. */
const chosen = (schema: JsonObject, root: JsonObject): JsonObject => {
  const resolved = resolve(schema, root)
  const choices = alternatives(resolved)
  const real = choices.find((choice) => !typesOf(resolve(choice, root)).includes('null') || choice.const !== undefined)
  return real === undefined ? resolved : chosen(real, root)
}

const isNullable = (schema: JsonObject): boolean =>
  typesOf(schema).includes('null') ||
  schema.nullable === true ||
  alternatives(schema).some((choice) => typesOf(choice).includes('null'))

const clip = (text: string): string => (text.length <= MAX_TEXT ? text : text.slice(0, text.lastIndexOf(' ', MAX_TEXT)))

const find = (name: string, question: Question): Finding[] => {
  const property = letters(name)
  const person = personFinding(property, question.source, question.prompt)
  return person.length > 0 ? person : findingsFor(property, question.source)
}

const openQuestions: readonly [topic: string, question: string][] = [
  ['budget', 'What budget is set aside for this?'],
  ['economicbuyer', 'Who signs, and who else has to agree?'],
  ['timing', 'When does it have to run?'],
  ['decisioncriteria', 'What will the products be compared by?'],
  ['metrics', 'How will success be measured?']
]

const composed = (name: string, question: Question): string | undefined => {
  const first = (topic: string): string | undefined => find(topic, question)[0]?.value
  switch (letters(name)) {
    case 'summary':
    case 'leadsummary':
      return [first('name'), first('company'), first('painpoints'), first('nextsteps')].filter(Boolean).join('. ')
    case 'cheatsheet':
      return ['company', 'title', 'painpoints', 'tools', 'budget', 'timing']
        .flatMap((topic) => (first(topic) === undefined ? [] : [`${topic}: ${first(topic)}`]))
        .join('\n')
    default:
      return undefined
  }
}

const textAnswer = (name: string, question: Question): string => {
  const own = composed(name, question)
  if (own !== undefined) return own
  const [finding] = find(name, question)
  if (finding === undefined) return ''
  if (!question.quotes.has(name)) question.quotes.set(name, finding.quote)
  return clip(finding.value)
}

const bounded = (schema: JsonObject, value: number): number => {
  const minimum = typeof schema.minimum === 'number' ? schema.minimum : -Infinity
  const maximum = typeof schema.maximum === 'number' ? schema.maximum : Infinity
  return Math.min(Math.max(value, minimum), maximum)
}

const numberAnswer = (name: string, schema: JsonObject, question: Question): number => {
  if (/confidence|score|probability/i.test(name)) {
    const share = Math.min(question.quotes.size, 10) / 10
    return bounded(schema, typeof schema.maximum === 'number' && schema.maximum > 1 ? share * 100 : share)
  }
  const digits = /\d+(\.\d+)?/.exec(find(name, question)[0]?.value.replaceAll(',', '') ?? '')
  return bounded(schema, digits === null ? 0 : Number(digits[0]))
}

const isPlainText = (schema: JsonObject): boolean =>
  typesOf(schema).includes('string') && schema.enum === undefined && schema.const === undefined

const quoteItems = (item: JsonObject, question: Question): JsonObject[] | undefined => {
  const properties = isJsonObject(item.properties) ? Object.entries(item.properties) : []
  const texts = properties.filter(([, schema]) => isJsonObject(schema) && isPlainText(schema)).map(([name]) => name)
  const [key] = texts.filter((name) => /^(field|name|key|property)$/i.test(name))
  const [words] = texts.filter((name) => /quote|words|evidence|text/i.test(name))
  if (key === undefined || words === undefined || properties.length > 2) return undefined
  return [...question.quotes].map(([field, quote]) => ({ [key]: field, [words]: quote }))
}

const listTexts = (name: string, question: Question): string[] => {
  if (letters(name) === 'discoveryquestions') {
    return openQuestions.filter(([topic]) => find(topic, question).length === 0).map(([, text]) => text)
  }
  const findings = find(name, question)
  if (findings[0] !== undefined && !question.quotes.has(name)) question.quotes.set(name, findings[0].quote)
  return /tools/.test(letters(name))
    ? findings.flatMap(({ value }) => value.split(/,| and /).map((part) => part.trim()))
    : findings.map(({ value }) => clip(value))
}

const listAnswer = (name: string, schema: JsonObject, question: Question): JsonValue[] => {
  const item = isJsonObject(schema.items) ? chosen(schema.items, question.root) : { type: 'string' }
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Math.max(least, MAX_ITEMS)
  const values: JsonValue[] = quoteItems(item, question) ?? (isPlainText(item) ? listTexts(name, question) : [])
  const kept = values.slice(0, typeof schema.maxItems === 'number' || isPlainText(item) ? most : undefined)
  while (kept.length < least) kept.push(answerFor(name, item, question))
  return kept
}

const objectAnswer = (name: string, schema: JsonObject, question: Question): JsonObject => {
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : []
  // Confidence and quotes last: they tell of all the others, wherever the schema has them.
  const late = ([key]: [string, JsonValue]): boolean => /confidence|evidence|quotes/i.test(key)
  const answers = new Map<string, JsonValue>()
  for (const [key, property] of [...properties.filter((entry) => !late(entry)), ...properties.filter(late)]) {
    const about = /^(value|text|evidence|quote)$/i.test(key) && name !== '' ? name : key
    if (isJsonObject(property)) answers.set(key, answerFor(about, property, question))
  }
  return Object.fromEntries(properties.map(([key]) => [key, answers.get(key) ?? null]))
}

const answerFor = (name: string, given: JsonObject, question: Question): JsonValue => {
  const nullable = isNullable(resolve(given, question.root))
  const schema = chosen(given, question.root)
  if (schema.const !== undefined) return schema.const
  if (typesOf(schema).join() === 'null') return null
  const [type = isJsonObject(schema.properties) ? 'object' : 'string'] = typesOf(schema).filter(
    (word) => word !== 'null'
  )
  if (Array.isArray(schema.enum)) {
    const said = textAnswer(name, question).toLowerCase()
    const named = schema.enum.find((choice) => typeof choice === 'string' && said.includes(choice.toLowerCase()))
    return named ?? (nullable && schema.enum.includes(null) ? null : (schema.enum[0] ?? null))
  }
  switch (type) {
    case 'object':
      return objectAnswer(name, schema, question)
    case 'array':
      return listAnswer(name, schema, question)
    case 'integer':
      return Math.round(numberAnswer(name, schema, question))
    case 'number':
      return Math.round(numberAnswer(name, schema, question) * 100) / 100
    case 'boolean':
      return find(name, question).length > 0
    default: {
      const text = textAnswer(name, question)
      return text === '' && nullable ? null : text
    }
  }
}

/** An answer that satisfies the schema, filled from the prompt by simple means; the same prompt gives the same answer. */
export const schemaAnswer = (schema: JsonObject, prompt: string): JsonValue =>
  answerFor('', schema, { prompt, source: readSource(prompt), root: schema, quotes: new Map() })
