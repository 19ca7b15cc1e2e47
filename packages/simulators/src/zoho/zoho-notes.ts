import { isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { itemError } from './zoho-errors.ts'
import type { ItemResult } from './zoho-errors.ts'
import { moduleNames } from './zoho-fields.ts'
import type { ZohoRecord, ZohoStore } from './zoho-store.ts'
import { insertRecord } from './zoho-writes.ts'
import type { WriteTarget } from './zoho-writes.ts'

/** The record that a note hangs on. */
export interface NoteParent {
  module: string
  id: string
}

const parentModule = (target: WriteTarget, sent: JsonObject): JsonValue | undefined => {
  const { Parent_Id: parent, $se_module: marked, se_module: plain } = sent
  if (!target.version.parentNamesModule) return marked ?? plain
  const module = isJsonObject(parent) ? parent.module : undefined
  return isJsonObject(module) ? module.api_name : undefined
}

const parentId = (sent: JsonObject): JsonValue | undefined => {
  const { Parent_Id: parent } = sent
  return isJsonObject(parent) ? parent.id : parent
}

/** Inserts a note; its parent is named by the path, else by the note itself. */
export const insertNote = (target: WriteTarget, sent: JsonObject, index: number, given?: NoteParent): ItemResult => {
  const path = (name: string): JsonObject =>
    target.version.hasJsonPath ? { json_path: `$.data[${index}].${name}` } : {}
  const id = given?.id ?? parentId(sent)
  const module = given?.module ?? parentModule(target, sent)
  if (id === undefined || id === null) {
    return itemError('MANDATORY_NOT_FOUND', { api_name: 'Parent_Id', ...path('Parent_Id') })
  }
  if (typeof module !== 'string' || !moduleNames().includes(module)) {
    const name = target.version.parentNamesModule ? 'module' : '$se_module'
    return itemError('MANDATORY_NOT_FOUND', { api_name: name, ...path(`Parent_Id.${name}`) })
  }
  if (typeof id !== 'string' || target.store.get(module, id) === undefined) {
    const message = 'the related id given seems to be invalid'
    return itemError('INVALID_DATA', { api_name: 'Parent_Id', ...path('Parent_Id') }, message)
  }
  return insertRecord(target, { ...sent, Parent_Id: { id, module: { api_name: module } } }, index)
}

/** The notes of a record, oldest first; of all records where none is given. */
export const notesOf = (store: ZohoStore, parent?: string): ZohoRecord[] =>
  store
    .list('Notes')
    .filter((note) => parent === undefined || (isJsonObject(note.Parent_Id) && note.Parent_Id.id === parent))
