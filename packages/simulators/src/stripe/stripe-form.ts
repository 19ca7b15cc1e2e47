import type { JsonObject, JsonValue } from '../json.ts'

/** `a[b][0][c]=1` as Stripe reads a form or a query: names in brackets nest, numbers in them make lists. */
export const readForm = (fields: URLSearchParams): JsonObject => {
  const root: JsonObject = {}
  for (const [name, value] of fields) {
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part)
    let at = root
    for (const part of path.slice(0, -1)) {
      const next = at[part]
      at = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : (at[part] = {})
    }
    const last = path.at(-1)
    if (name.endsWith('[]') && last !== undefined)
      at[last] = { ...(at[last] as JsonObject | undefined), [String(Object.keys(at[last] ?? {}).length)]: value }
    else if (last !== undefined) at[last] = value
  }
  return listsIn(root) as JsonObject
}

const listsIn = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([name, part]): [string, JsonValue] => [name, listsIn(part)])
  return entries.length > 0 && entries.every(([name], index) => name === String(index))
    ? entries.map(([, part]) => part)
    : Object.fromEntries(entries)
}

/** Names and values that are texts, such as metadata. */
export const textsIn = (value: JsonValue | undefined): Record<string, string> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))
      )
    : {}
