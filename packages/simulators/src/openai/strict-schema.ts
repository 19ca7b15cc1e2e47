import { isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'

/** What strict mode objects to in a schema; `undefined` where it takes it. */
export const strictSchemaProblem = (schema: JsonObject, context = ''): string | undefined => {
  const { properties, items, required } = schema
  if (isJsonObject(properties)) {
    const where = `In context=(${context})`
    if (schema.additionalProperties !== false) {
      return `${where}, 'additionalProperties' is required to be supplied and to be false.`
    }
    const missing = Object.keys(properties).find((name) => !Array.isArray(required) || !required.includes(name))
    if (missing !== undefined) {
      return `${where}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`
    }
    for (const [name, property] of Object.entries(properties)) {
      const problem = isJsonObject(property) ? strictSchemaProblem(property, `'properties', '${name}'`) : undefined
      if (problem !== undefined) return problem
    }
  }
  return isJsonObject(items) ? strictSchemaProblem(items, `${context}, 'items'`) : undefined
}
