import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { itemError } from './zoho-errors.ts'
import type { ItemResult } from './zoho-errors.ts'
import { zohoUsers } from './zoho-store.ts'
import type { ZohoStore } from './zoho-store.ts'

const idIn = (value: JsonValue | undefined): string | undefined => asText(isJsonObject(value) ? value.id : value)

/** What a task may be about beside a contact. */
const aboutModules: readonly string[] = ['Leads', 'Deals']

/** The modules whose records a lookup may name. `What_Id` names its own in `$se_module`. */
const targetsOf = (module: string, apiName: string, sent: JsonObject): readonly string[] => {
  if (module === 'Deals' && apiName === 'Contact_Name') return ['Contacts']
  if (module === 'Tasks' && apiName === 'Who_Id') return ['Contacts']
  if (module === 'Tasks' && apiName === 'What_Id') return [asText(sent.$se_module) ?? '']
  return []
}

const checked: readonly string[] = ['Contact_Name', 'Who_Id', 'What_Id']

const ownerErrors = (sent: JsonObject, pathOf: (apiName: string) => JsonObject): ItemResult[] => {
  const id = idIn(sent.Owner)
  const known = id === undefined || zohoUsers.some((user) => user.id === id)
  return known ? [] : [itemError('INVALID_DATA', { api_name: 'Owner', ...pathOf('Owner') })]
}

/** A user who is not there, lookups that name a record that is not there, or `What_Id` without its module. */
export const lookupErrors = (
  store: ZohoStore,
  module: string,
  sent: JsonObject,
  pathOf: (apiName: string) => JsonObject
): ItemResult[] => {
  const errors = checked.flatMap((apiName) => {
    const id = idIn(sent[apiName])
    const targets = targetsOf(module, apiName, sent)
    if (id === undefined || targets.length === 0) return []
    if (targets.includes(''))
      return [itemError('MANDATORY_NOT_FOUND', { api_name: '$se_module', ...pathOf('$se_module') })]
    if (apiName === 'What_Id' && !targets.some((target) => aboutModules.includes(target)))
      return [itemError('INVALID_DATA', { api_name: '$se_module', ...pathOf('$se_module') })]
    if (targets.some((target) => store.get(target, id) !== undefined)) return []
    return [
      itemError('INVALID_DATA', { api_name: apiName, ...pathOf(apiName) }, 'the related id given seems to be invalid')
    ]
  })
  return [...errors, ...ownerErrors(sent, pathOf)]
}

/** The module that `What_Id` is of, which a task keeps beside it; cleared with it. */
export const moduleOfAbout = (module: string, sent: JsonObject): JsonObject => {
  if (module !== 'Tasks' || sent.What_Id === undefined) return {}
  return { $se_module: sent.What_Id === null ? null : (sent.$se_module ?? null) }
}

/** Whether one of the task's lookups names the record. */
export const hangsOn = (task: JsonObject, id: string): boolean => idIn(task.Who_Id) === id || idIn(task.What_Id) === id
