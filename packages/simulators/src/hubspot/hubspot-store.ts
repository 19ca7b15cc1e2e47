import type { SimulatorClock } from '../clock.ts'
import { asText } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { StateLog } from '../state-log.ts'
import { propertiesOf } from './hubspot-properties.ts'

/** A value as HubSpot keeps it: always text. */
export type HubspotValues = { [name: string]: string | null }

/** An object as the account holds it. */
export interface HubspotObject extends JsonObject {
  id: string
  properties: HubspotValues
  createdAt: string
  updatedAt: string
  archived: boolean
}

/** A directed link between two objects; HubSpot keeps both directions. */
export interface HubspotAssociation extends JsonObject {
  fromType: string
  fromId: string
  toType: string
  toId: string
  typeId: number
}

/** A write that changed, or did not change, an object. */
export interface HubspotWrite extends JsonObject {
  at: string
  objectType: string
  id: string
  action: 'insert' | 'update' | 'archive'
  /** Names of the properties whose value is another one now; empty for a superfluous write. */
  changed: string[]
}

/** The two objects of a link. */
type LinkEnds = Pick<HubspotAssociation, 'fromType' | 'fromId' | 'toType' | 'toId'>

interface IndexEntry {
  shown: HubspotObject | undefined
  pending: { visibleAt: number; object: HubspotObject | undefined }[]
}

export interface HubspotStore {
  get(objectType: string, id: string): HubspotObject | undefined
  list(objectType: string): HubspotObject[]
  insert(objectType: string, values: HubspotValues): HubspotObject
  update(objectType: string, id: string, values: HubspotValues): HubspotObject | undefined
  archive(objectType: string, id: string): boolean
  /** The object with this value in a unique property, without the search index's lag; compared without case. */
  findBy(objectType: string, property: string, value: string): HubspotObject | undefined
  /** The contact that has this address as its first or as a further one. */
  contactWithAddress(email: string): HubspotObject | undefined
  associate(association: HubspotAssociation): void
  /** Takes all links between the two away, in both directions. */
  dissociate(link: LinkEnds): void
  associationsOf(fromType: string, fromId: string, toType: string): HubspotAssociation[]
  /** What the search index shows by now. */
  searchable(objectType: string): HubspotObject[]
  writes(): HubspotWrite[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const FIRST_ID = 123001n
/** More than any test or demo writes; the counts are worked out from them. */
const KEPT_WRITES = 200_000

const sameLink = (a: HubspotAssociation, b: HubspotAssociation): boolean =>
  a.fromType === b.fromType && a.toType === b.toType && a.toId === b.toId && a.typeId === b.typeId

export const createHubspotStore = (clock: SimulatorClock, log: StateLog, searchLag: () => number): HubspotStore => {
  const tables = new Map<string, Map<string, HubspotObject>>()
  const indexes = new Map<string, Map<string, IndexEntry>>()
  /** Ids by value, for each `type.property` whose values are unique. */
  const ids = new Map<string, string>()
  const links = new Map<string, HubspotAssociation[]>()
  let writes: HubspotWrite[] = []
  let nextId = FIRST_ID

  const tableOf = <Value>(of: Map<string, Map<string, Value>>, name: string): Map<string, Value> => {
    const table = of.get(name) ?? new Map<string, Value>()
    of.set(name, table)
    return table
  }

  const keysOf = (objectType: string, object: HubspotObject): string[] => {
    const unique = propertiesOf(objectType).filter((property) => property.unique)
    const keys = unique.flatMap(({ name }) => {
      const value = object.properties[name]
      return value ? [`${objectType}.${name} ${value.toLowerCase()}`] : []
    })
    const further = asText(object.properties.hs_additional_emails)?.split(';') ?? []
    return [...keys, ...further.map((email) => `${objectType}.hs_additional_emails ${email.toLowerCase()}`)]
  }

  const forgetKeys = (objectType: string, object: HubspotObject | undefined): void => {
    if (object === undefined) return
    for (const key of keysOf(objectType, object)) if (ids.get(key) === object.id) ids.delete(key)
  }

  const index = (objectType: string, id: string, object: HubspotObject | undefined, lag: number): void => {
    const entries = tableOf(indexes, objectType)
    const entry = entries.get(id) ?? { shown: undefined, pending: [] }
    entry.pending.push({ visibleAt: clock.now().getTime() + lag, object })
    entries.set(id, entry)
  }

  const keep = (objectType: string, object: HubspotObject): void => {
    const table = tableOf(tables, objectType)
    forgetKeys(objectType, table.get(object.id))
    table.set(object.id, object)
    for (const key of keysOf(objectType, object)) ids.set(key, object.id)
    passId(object.id)
  }

  /** Ids are never given out twice, not even those of archived objects. */
  const passId = (id: string): void => {
    if (BigInt(id) >= nextId) nextId = BigInt(id) + 1n
  }

  const link = (association: HubspotAssociation): boolean => {
    const key = `${association.fromType} ${association.fromId}`
    const known = links.get(key) ?? []
    if (known.some((one) => sameLink(one, association))) return false
    links.set(key, [...known, association])
    return true
  }

  const unlink = ({ fromType, fromId, toType, toId }: LinkEnds): void => {
    const key = `${fromType} ${fromId}`
    const left = (links.get(key) ?? []).filter((one) => one.toType !== toType || one.toId !== toId)
    links.set(key, left)
  }

  const note = (write: HubspotWrite): void => {
    writes.push(write)
    if (writes.length > KEPT_WRITES) writes = writes.slice(-KEPT_WRITES / 2)
    log.append({ kind: 'hubspot.write', value: write })
  }

  const remember = (
    objectType: string,
    object: HubspotObject,
    action: 'insert' | 'update',
    changed: string[]
  ): HubspotObject => {
    keep(objectType, object)
    index(objectType, object.id, object, searchLag())
    log.append({ kind: 'hubspot.object', value: { objectType, object } })
    note({ at: clock.now().toISOString(), objectType, id: object.id, action, changed })
    return object
  }

  const drop = (objectType: string, id: string): boolean => {
    const table = tableOf(tables, objectType)
    const before = table.get(id)
    if (before === undefined) return false
    forgetKeys(objectType, before)
    return table.delete(id)
  }

  const findBy = (objectType: string, property: string, value: string): HubspotObject | undefined => {
    const id = ids.get(`${objectType}.${property} ${value.toLowerCase()}`)
    return id === undefined ? undefined : tableOf(tables, objectType).get(id)
  }

  const stamps = (at: string): HubspotValues => ({ lastmodifieddate: at, hs_lastmodifieddate: at })

  return {
    get: (objectType, id) => tableOf(tables, objectType).get(id),
    list: (objectType) => [...tableOf(tables, objectType).values()],
    insert: (objectType, values) => {
      const at = clock.now().toISOString()
      const id = String(nextId)
      const properties = { ...values, hs_object_id: id, createdate: at, ...stamps(at) }
      const object = { id, properties, createdAt: at, updatedAt: at, archived: false }
      return remember(objectType, object, 'insert', Object.keys(values))
    },
    update: (objectType, id, values) => {
      const before = tableOf(tables, objectType).get(id)
      if (before === undefined) return undefined
      const changed = Object.keys(values).filter((name) => (before.properties[name] ?? null) !== values[name])
      const at = clock.now().toISOString()
      const properties = { ...before.properties, ...values, ...stamps(at) }
      return remember(objectType, { ...before, properties, updatedAt: at }, 'update', changed)
    },
    archive: (objectType, id) => {
      if (!drop(objectType, id)) return false
      index(objectType, id, undefined, searchLag())
      log.append({ kind: 'hubspot.archived', value: { objectType, id } })
      note({ at: clock.now().toISOString(), objectType, id, action: 'archive', changed: [] })
      return true
    },
    findBy,
    contactWithAddress: (email) =>
      findBy('contacts', 'email', email) ?? findBy('contacts', 'hs_additional_emails', email),
    associate: (association) => {
      if (link(association)) log.append({ kind: 'hubspot.association', value: association })
    },
    dissociate: ({ fromType, fromId, toType, toId }) => {
      const there = { fromType, fromId, toType, toId }
      const back = { fromType: toType, fromId: toId, toType: fromType, toId: fromId }
      unlink(there)
      unlink(back)
      log.append({ kind: 'hubspot.dissociation', value: there })
    },
    associationsOf: (fromType, fromId, toType) =>
      (links.get(`${fromType} ${fromId}`) ?? []).filter((one) => one.toType === toType),
    searchable: (objectType) => {
      const now = clock.now().getTime()
      return [...tableOf(indexes, objectType).values()].flatMap((entry) => {
        while (entry.pending[0] !== undefined && entry.pending[0].visibleAt <= now) {
          entry.shown = entry.pending.shift()?.object
        }
        return entry.shown === undefined ? [] : [entry.shown]
      })
    },
    writes: () => writes,
    restore: (kind, value) => {
      const { objectType, object, id } = value
      if (kind === 'hubspot.write') {
        writes.push(value as HubspotWrite)
        passId((value as HubspotWrite).id)
      }
      if (kind === 'hubspot.association') link(value as HubspotAssociation)
      if (kind === 'hubspot.dissociation') {
        const { fromType, fromId, toType, toId } = value as HubspotAssociation
        unlink({ fromType, fromId, toType, toId })
        unlink({ fromType: toType, fromId: toId, toType: fromType, toId: fromId })
      }
      if (kind === 'hubspot.archived' && drop(objectType as string, id as string)) {
        index(objectType as string, id as string, undefined, 0)
      }
      if (kind === 'hubspot.object') {
        keep(objectType as string, object as HubspotObject)
        index(objectType as string, (object as HubspotObject).id, object as HubspotObject, 0)
      }
    },
    remembered: () => [
      ...[...tables].flatMap(([objectType, table]) =>
        [...table.values()].map((object) => ({ kind: 'hubspot.object', value: { objectType, object } }))
      ),
      ...[...links.values()].flat().map((value) => ({ kind: 'hubspot.association', value })),
      ...writes.map((value) => ({ kind: 'hubspot.write', value }))
    ],
    clear: () => {
      tables.clear()
      indexes.clear()
      ids.clear()
      links.clear()
      writes = []
      nextId = FIRST_ID
    }
  }
}
