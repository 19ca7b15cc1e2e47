import type { JsonObject, JsonValue } from '../json.ts'
import { invalidProperties, propertyProblem, refusal } from './hubspot-errors.ts'
import type { HubspotRefusal } from './hubspot-errors.ts'
import { lifecycleStages, propertiesOf } from './hubspot-properties.ts'
import type { HubspotObject, HubspotStore, HubspotValues } from './hubspot-store.ts'
import { checkProperties } from './value-check.ts'

export type WriteResult = { ok: true; object: HubspotObject; isNew: boolean } | { ok: false; refusal: HubspotRefusal }

const refused = (why: HubspotRefusal): WriteResult => ({ ok: false, refusal: why })

/** Another object has one of the values that must be unique. */
const conflictOf = (
  store: HubspotStore,
  objectType: string,
  values: HubspotValues,
  ownId?: string
): HubspotRefusal | undefined => {
  const { email } = values
  const owner = objectType === 'contacts' && email ? store.contactWithAddress(email) : undefined
  if (owner !== undefined && owner.id !== ownId) {
    return refusal('CONFLICT', `Contact already exists. Existing ID: ${owner.id}`)
  }
  const taken = propertiesOf(objectType)
    .filter(({ unique, name }) => unique && name !== 'email')
    .flatMap(({ name }) => {
      const value = values[name]
      const other = value ? store.findBy(objectType, name, value) : undefined
      if (other === undefined || other.id === ownId) return []
      return [propertyProblem(name, 'CONFLICTING_UNIQUE_VALUE', `${other.id} already has that value.`)]
    })
  return taken.length > 0 ? invalidProperties(taken) : undefined
}

export const createObject = (store: HubspotStore, objectType: string, sent: JsonValue | undefined): WriteResult => {
  const { values, problems } = checkProperties(objectType, sent, true)
  if (problems.length > 0) return refused(invalidProperties(problems))
  const conflict = conflictOf(store, objectType, values)
  if (conflict !== undefined) return refused(conflict)
  return { ok: true, object: store.insert(objectType, values), isNew: true }
}

/** A contact's stage only goes forward; a step back is left out without a word unless the stage was cleared before. */
const withoutStepBack = (before: HubspotObject, values: HubspotValues): HubspotValues => {
  const { lifecyclestage: next, ...rest } = values
  const now = before.properties.lifecyclestage
  const isBack = now && next && lifecycleStages.indexOf(next) < lifecycleStages.indexOf(now)
  return isBack ? rest : values
}

export const notFound = (objectType: string, id: string): HubspotRefusal =>
  refusal('OBJECT_NOT_FOUND', `Could not get some ${objectType} objects, they may be deleted or not exist.`, {
    context: { ids: [id] }
  })

export const updateObject = (
  store: HubspotStore,
  objectType: string,
  id: string,
  sent: JsonValue | undefined
): WriteResult => {
  const before = store.get(objectType, id)
  if (before === undefined) return refused(notFound(objectType, id))
  const { values, problems } = checkProperties(objectType, sent, false)
  if (problems.length > 0) return refused(invalidProperties(problems))
  const conflict = conflictOf(store, objectType, values, id)
  if (conflict !== undefined) return refused(conflict)
  const updated = store.update(objectType, id, withoutStepBack(before, values))
  return updated === undefined ? refused(notFound(objectType, id)) : { ok: true, object: updated, isNew: false }
}

/** The object by the value of a unique property, else by its id. */
export const findObject = (
  store: HubspotStore,
  objectType: string,
  id: string,
  idProperty: string | undefined
): HubspotObject | undefined =>
  idProperty === undefined ? store.get(objectType, id) : store.findBy(objectType, idProperty, id)

/** Changes the object that has this value in the unique property, else makes it. */
export const upsertObject = (
  store: HubspotStore,
  objectType: string,
  id: string,
  idProperty: string,
  sent: JsonObject
): WriteResult => {
  const known = store.findBy(objectType, idProperty, id)
  return known === undefined
    ? createObject(store, objectType, { [idProperty]: id, ...sent })
    : updateObject(store, objectType, known.id, sent)
}
