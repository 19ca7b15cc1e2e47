import type { TSchema } from '@sinclair/typebox'
import { modelJsonSchema } from './json-schema.ts'

/** Where a prompt's text wants the answer's properties in words. */
const FIELDS = '{{fields}}'

/** Instructions for a model. */
export interface Prompt {
  /** Answers are compared by it; it changes whenever the text or the schema does. */
  readonly version: string
  /** `{{fields}}` in it stands for the answer's properties in words; without it they are not told. */
  readonly text: string
}

/** The instructions as a model gets them. */
export function systemOf(prompt: Prompt, schema: TSchema): string {
  return prompt.text.replaceAll(FIELDS, () => fieldList(schema))
}

/** The schema's properties in words, for models that are not held to the schema by their server. */
export function fieldList(schema: TSchema): string {
  const properties = modelJsonSchema(schema)['properties'] as Record<string, TSchema>
  return Object.entries(properties)
    .map(([name, property]) => `- ${name} (${kindOf(property)}): ${property.description ?? ''}`)
    .join('\n')
}

/**
 * A text between tags, as data. The closing tag can not be written inside of it, so that a text can not end the data
 * and go on as instructions.
 */
export function dataBlock(name: string, text: string): string {
  const closing = new RegExp(`<(?=\\s*/\\s*${name})`, 'gi')
  return `<${name}>\n${text.replace(closing, '‹')}\n</${name}>`
}

function kindOf(schema: TSchema): string {
  if (schema['type'] !== 'array') return String(schema['type'])
  const items = schema['items'] as TSchema
  if (items['type'] !== 'object') return `list of ${String(items['type'])}s`
  return `list of {${Object.keys(items['properties'] as object).join(', ')}}`
}
