import { canonicalJson } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { objectTypeNames } from './hubspot-properties.ts'
import type { HubspotObject, HubspotStore } from './hubspot-store.ts'

/** What HubSpot itself sets, and what differs between two runs of the same day. */
const ownProperties = ['hs_object_id', 'createdate', 'lastmodifieddate', 'hs_lastmodifieddate', 'hs_timestamp']

const strip = ({ properties }: HubspotObject, omit: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, value]) => value !== null && !ownProperties.includes(name) && !omit.includes(name)
    )
  )

/** The name that an object has in every run. */
const nameOf = (object: HubspotObject | undefined): string =>
  object?.properties.email ?? object?.properties.dealname ?? object?.properties.hs_task_subject ?? ''

const linkedTo = (store: HubspotStore, objectType: string, object: HubspotObject): string[] =>
  objectTypeNames()
    .flatMap((type) => store.associationsOf(objectType, object.id, type))
    .filter(({ toType }) => toType !== 'notes')
    .map(({ toType, toId }) => `${toType} ${nameOf(store.get(toType, toId))}`)
    .sort()

/** Objects and what they are linked to as canonical JSON: no ids, no times of writing, no unset properties, sorted. */
export const hubspotSnapshot = (store: HubspotStore, omit: readonly string[] = []): string => {
  const sorted = (values: JsonObject[]): JsonValue[] =>
    values
      .map((value) => ({ value, text: canonicalJson(value) }))
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
      .map(({ value }) => value)
  const snapshot: JsonObject = {}
  for (const objectType of objectTypeNames()) {
    snapshot[objectType] = sorted(
      store
        .list(objectType)
        .map((object) => ({ ...strip(object, omit), linkedTo: linkedTo(store, objectType, object) }))
    )
  }
  return canonicalJson(snapshot)
}
