export type JsonObject = Record<string, unknown>

/** An answer with more opening braces than this before a readable object is not an answer. */
const MAX_STARTS = 40

/** Reasoning models behind compatible servers put their thoughts in front of the answer. */
const THOUGHTS = /<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi

const FENCED = /```[a-z0-9_-]*\s*\n?([\s\S]*?)```/gi

/**
 * The JSON object of a model's answer: the whole text, the inside of a code fence, or the first balanced object in
 * the text, whatever prose stands around it. Null where there is none. Never throws.
 */
export function findJsonObject(answer: string): JsonObject | null {
  const text = answer
    .replace(THOUGHTS, '')
    .replace(/^\uFEFF/, '')
    .trim()
  const whole = parsedObject(text)
  if (whole) return whole
  for (const fenced of text.matchAll(FENCED)) {
    const inside = parsedObject((fenced[1] ?? '').trim())
    if (inside) return inside
  }
  return firstBalancedObject(text)
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function firstBalancedObject(text: string): JsonObject | null {
  let start = text.indexOf('{')
  for (let tries = 0; start !== -1 && tries < MAX_STARTS; tries += 1) {
    const end = balancedEnd(text, start)
    const object = end === null ? null : parsedObject(text.slice(start, end))
    if (object) return object
    start = text.indexOf('{', start + 1)
  }
  return null
}

/** Where the object that opens at `start` closes; null where it never does. */
function balancedEnd(text: string, start: number): number | null {
  let depth = 0
  let inString = false
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (inString) {
      if (character === '\\') at += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth += 1
    else if (character === '}' && (depth -= 1) === 0) return at + 1
  }
  return null
}

function parsedObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
