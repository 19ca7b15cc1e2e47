import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { refusal } from './hubspot-errors.ts'
import type { HubspotRefusal } from './hubspot-errors.ts'
import type { HubspotAssociation, HubspotStore } from './hubspot-store.ts'

/** HubSpot's own types of association: from, to, number. */
const ownTypes: readonly (readonly [from: string, to: string, typeId: number])[] = [
  ['deals', 'contacts', 3],
  ['contacts', 'deals', 4],
  ['contacts', 'notes', 201],
  ['notes', 'contacts', 202],
  ['contacts', 'tasks', 203],
  ['tasks', 'contacts', 204],
  ['deals', 'notes', 213],
  ['notes', 'deals', 214],
  ['deals', 'tasks', 215],
  ['tasks', 'deals', 216]
]

const typeIdOf = (from: string, to: string): number | undefined =>
  ownTypes.find(([a, b]) => a === from && b === to)?.[2]

const DEFAULT_PER_PAGE = 500

/** Links two objects in both directions. */
export const associate = (store: HubspotStore, link: Omit<HubspotAssociation, 'typeId'>): boolean => {
  const [from, to] = [link.fromType as string, link.toType as string]
  const [there, back] = [typeIdOf(from, to), typeIdOf(to, from)]
  if (there === undefined || back === undefined) return false
  const ids = { fromId: link.fromId as string, toId: link.toId as string }
  store.associate({ fromType: from, toType: to, ...ids, typeId: there })
  store.associate({ fromType: to, toType: from, fromId: ids.toId, toId: ids.fromId, typeId: back })
  return true
}

/** The links that a new object brings along, or why it may not have them. */
export const linksIn = (
  store: HubspotStore,
  objectType: string,
  sent: JsonValue | undefined
): { toType: string; toId: string }[] | HubspotRefusal => {
  const links: { toType: string; toId: string }[] = []
  for (const association of Array.isArray(sent) ? sent.filter(isJsonObject) : []) {
    const { to, types } = association
    const toId = isJsonObject(to) ? String(asText(to.id) ?? JSON.stringify(to.id)) : ''
    const [type] = Array.isArray(types) ? types.filter(isJsonObject) : []
    const own = ownTypes.find(([from, , typeId]) => from === objectType && typeId === type?.associationTypeId)
    if (own === undefined || type?.associationCategory !== 'HUBSPOT_DEFINED') {
      return refusal('VALIDATION_ERROR', `No association of ${objectType} has this category and type`)
    }
    if (store.get(own[1], toId) === undefined) {
      return refusal('VALIDATION_ERROR', `The object ${toId} to associate with does not exist`)
    }
    links.push({ toType: own[1], toId })
  }
  return links
}

/** One page of what an object is linked to, with the types of each link. */
export const associationsAnswer = (
  store: HubspotStore,
  fromType: string,
  fromId: string,
  toType: string,
  query: URLSearchParams
): VendorAnswer => {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PER_PAGE) || DEFAULT_PER_PAGE, DEFAULT_PER_PAGE)
  const after = Number(query.get('after') ?? 0) || 0
  const links = store.associationsOf(fromType, fromId, toType)
  const results = links.slice(after, after + limit).map(({ toId, typeId }): JsonObject => ({
    toObjectId: Number(toId),
    associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId, label: null }]
  }))
  const next = after + limit
  return jsonAnswer(200, links.length > next ? { results, paging: { next: { after: String(next) } } } : { results })
}
