import type { JsonObject } from '../json.ts'
import { propertyOf, shownByDefault } from './hubspot-properties.ts'
import type { HubspotObject } from './hubspot-store.ts'

/** An object as an answer shows it: the properties asked for, unset ones as null, unknown ones left out. */
export const showObject = (objectType: string, object: HubspotObject, asked?: readonly string[]): JsonObject => {
  const names = [...new Set([...shownByDefault(objectType), ...(asked ?? [])])]
  const known = names.filter((name) => propertyOf(objectType, name) !== undefined)
  return {
    ...object,
    properties: Object.fromEntries(known.map((name) => [name, object.properties[name] ?? null]))
  }
}
