import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { findJsonObject } from './json-object.ts'
import { normaliseAnswer } from './normalise-answer.ts'

/** More problems than these tell the model nothing new. */
const MAX_ISSUES = 20

/** The object schema of a `T`. */
export interface AnswerSchema<T> extends TSchema {
  static: T
  properties: Record<string, TSchema>
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: string[] }

/**
 * Reads a model's answer: finds the JSON object, brings it into the schema's form, validates it. The issues name the
 * path and what is wrong there, never the value, so that they may be recorded and shown. Never throws.
 */
export function readAnswer<T>(text: string, schema: AnswerSchema<T>): Answer<T> {
  if (text.trim() === '') return { ok: false, issues: ['the answer is empty'] }
  const object = findJsonObject(text)
  if (!object) return { ok: false, issues: ['the answer has no complete JSON object'] }
  const value = normaliseAnswer(object, schema)
  if (Value.Check(schema as TSchema, value)) return { ok: true, value: value as T }
  return { ok: false, issues: issuesOf(schema, value) }
}

function issuesOf(schema: TSchema, value: unknown): string[] {
  const byPath = new Map<string, string>()
  for (const error of Value.Errors(schema, value)) {
    if (!byPath.has(error.path)) byPath.set(error.path, `${error.path}: ${lowerFirst(error.message)}`)
    if (byPath.size >= MAX_ISSUES) break
  }
  return [...byPath.values()]
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
