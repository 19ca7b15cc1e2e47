import { asText, canonicalJson, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { moduleNames } from './zoho-fields.ts'
import { notesOf } from './zoho-notes.ts'
import type { ZohoRecord, ZohoStore } from './zoho-store.ts'

/** What Zoho itself sets, and what differs between two runs of the same day. */
const ownFields = ['id', 'Owner', 'Created_By', 'Modified_By', 'Created_Time', 'Modified_Time', 'Parent_Id']

/** References to other records, whose ids differ between two runs. */
const lookups = ['Contact_Name', 'Who_Id', 'What_Id']

const strip = (store: ZohoStore, record: ZohoRecord, omit: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([name, value]) => value !== null && !ownFields.includes(name) && !omit.includes(name))
      .map(([name, value]) => [name, lookups.includes(name) ? nameOf(store, value) : value])
  )

const sorted = (values: JsonObject[]): JsonValue[] =>
  values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value)

/** The name that a record has in every run: its e-mail or its last name. */
const nameOf = (store: ZohoStore, reference: JsonValue | undefined): string => {
  const id = isJsonObject(reference) ? asText(reference.id) : undefined
  const parents = moduleNames().map((module) => (id === undefined ? undefined : store.get(module, id)))
  const parent = parents.find((record) => record !== undefined)
  return asText(parent?.Email) ?? asText(parent?.Last_Name) ?? asText(parent?.Deal_Name) ?? ''
}

/** Records and notes as canonical JSON: no ids, no times of writing, no unset fields, sorted. */
export const zohoSnapshot = (store: ZohoStore, omit: readonly string[] = []): string => {
  const snapshot: JsonObject = {}
  for (const module of moduleNames().filter((name) => name !== 'Notes')) {
    snapshot[module] = sorted(store.list(module).map((record) => strip(store, record, omit)))
  }
  snapshot.Notes = sorted(
    notesOf(store).map((note) => ({
      ...strip(store, note, omit),
      parent: nameOf(store, note.Parent_Id)
    }))
  )
  return canonicalJson(snapshot)
}
