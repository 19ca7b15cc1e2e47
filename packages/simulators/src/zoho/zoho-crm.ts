import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import { isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { Settings } from '../settings.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import type { SlidingWindow } from '../sliding-window.ts'
import { bodyObject, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { hangsOn } from './lookup-check.ts'
import { zohoError } from './zoho-errors.ts'
import type { ItemResult } from './zoho-errors.ts'
import { describeField, fieldsOf, moduleNames } from './zoho-fields.ts'
import { insertNote, notesOf } from './zoho-notes.ts'
import { recordListAnswer, searchAnswer, showRecord } from './zoho-reads.ts'
import type { ZohoStore } from './zoho-store.ts'
import type { ZohoTokens } from './zoho-tokens.ts'
import { zohoVersion } from './zoho-version.ts'
import type { ZohoVersion } from './zoho-version.ts'
import { duplicateChecks, insertRecord, updateRecord, upsertRecord } from './zoho-writes.ts'
import type { WriteTarget } from './zoho-writes.ts'

export interface ZohoCrmParts {
  clock: SimulatorClock
  settings: Settings
  store: ZohoStore
  tokens: ZohoTokens
  credits: SlidingWindow
  /** Requests at work now, this one included. */
  atWork: () => number
}

const MAX_RECORDS = 100
const RECORDS_PER_CREDIT = 10
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Modules for which Zoho offers no upsert. */
const withoutUpsert: readonly string[] = ['Tasks', 'Notes']

interface Call {
  target: WriteTarget
  version: ZohoVersion
  module: string
  id: string
  query: URLSearchParams
  body: JsonObject | undefined
  request: FastifyRequest
}

const parameter = (request: FastifyRequest, name: string): string => {
  const parameters = request.params as Record<string, string | undefined>
  return parameters[name] ?? ''
}

/** With `X-EXTERNAL: Leads.My_Id` the path's id is the value of that field. */
const resolveId = (store: ZohoStore, module: string, request: FastifyRequest): string => {
  const id = parameter(request, 'id')
  const external = request.headers['x-external']
  const [owner, apiName] = typeof external === 'string' ? external.split('.') : []
  if (owner !== module || apiName === undefined) return id
  return store.findBy(module, apiName, id)?.id ?? '0'
}

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []

const writeAnswer = (version: ZohoVersion, results: readonly ItemResult[]): VendorAnswer => {
  const refused = results.filter((result) => result.status === 'error').length
  const inserted = results.every((result) => result.message === 'record added')
  const whole = inserted ? 201 : 200
  const status = refused === 0 ? whole : refused === results.length ? version.refusedStatus : version.mixedStatus
  return jsonAnswer(status, { data: results })
}

/** Zoho CRM's API for one organisation. */
export const zohoCrm = ({ clock, settings, store, tokens, credits, atWork }: ZohoCrmParts): Vendor => {
  const minute = createSlidingWindow(clock.now)

  const admit = (request: FastifyRequest): VendorAnswer | undefined => {
    const { authorization } = request.headers
    if (authorization === undefined) return zohoError('AUTHENTICATION_FAILURE')
    const [, token] = /^Zoho-oauthtoken (\S+)$/.exec(authorization) ?? []
    if (token === undefined || !tokens.isValid(token)) return zohoError('INVALID_TOKEN')
    if (atWork() > settings.zohoConcurrency) return zohoError('TOO_MANY_REQUESTS')
    if (settings.zohoRequestsPerMinute !== null && !minute.take(1, settings.zohoRequestsPerMinute, MINUTE_MS)) {
      return zohoError('TOO_MANY_REQUESTS')
    }
    const data = bodyObject(request)?.data
    const cost = Array.isArray(data) ? Math.max(1, Math.ceil(data.length / RECORDS_PER_CREDIT)) : 1
    return credits.take(cost, settings.zohoCreditsPerDay, DAY_MS) ? undefined : zohoError('LIMIT_EXCEEDED')
  }

  const eachRecord = (call: Call, write: (record: JsonObject, index: number) => ItemResult): VendorAnswer => {
    const data = call.body?.data
    if (!Array.isArray(data) || data.length === 0) {
      return zohoError('INVALID_DATA', { expected_data_type: 'jsonarray', api_name: 'data', json_path: '$.data' })
    }
    if (data.length > MAX_RECORDS) {
      return zohoError('INVALID_DATA', { maximum_length: MAX_RECORDS, api_name: 'data', json_path: '$.data' })
    }
    return writeAnswer(
      call.version,
      data.map((record, index) => write(isJsonObject(record) ? record : {}, index))
    )
  }

  const insert = (call: Call): VendorAnswer =>
    eachRecord(call, (record, index) =>
      call.module === 'Notes' ? insertNote(call.target, record, index) : insertRecord(call.target, record, index)
    )

  const upsert = (call: Call): VendorAnswer => {
    if (withoutUpsert.includes(call.module)) return zohoError('INVALID_MODULE', { api_name: call.module })
    const checks = duplicateChecks(call.module, textsOf(call.body?.duplicate_check_fields))
    return eachRecord(call, (record, index) => upsertRecord(call.target, record, index, checks))
  }

  const updateMany = (call: Call): VendorAnswer =>
    eachRecord(call, (record, index) =>
      updateRecord(call.target, typeof record.id === 'string' ? record.id : '', record, index)
    )

  const updateOne = (call: Call): VendorAnswer =>
    eachRecord(call, (record, index) => updateRecord(call.target, call.id, record, index))

  const getOne = (call: Call): VendorAnswer => {
    if (!/^\d+$/.test(call.id)) return zohoError('INVALID_DATA', { api_name: 'id' })
    const record = store.get(call.module, call.id)
    return record === undefined ? emptyAnswer(204) : jsonAnswer(200, { data: [showRecord(call.module, record)] })
  }

  const remove = (call: Call): VendorAnswer => {
    const ids = call.id === '' ? (call.query.get('ids') ?? '').split(',') : [call.id]
    const results = ids.map((id): ItemResult => {
      const removed = store.remove(call.module, id)
      const message = removed ? 'record deleted' : 'the id given seems to be invalid'
      return {
        code: removed ? 'SUCCESS' : 'INVALID_DATA',
        details: { id },
        message,
        status: removed ? 'success' : 'error'
      }
    })
    const refused = results.every((result) => result.status === 'error')
    return jsonAnswer(refused ? call.version.refusedStatus : 200, { data: results })
  }

  const noteTarget = (call: Call): WriteTarget => ({ ...call.target, module: 'Notes' })

  const insertParentNotes = (call: Call): VendorAnswer =>
    eachRecord(call, (record, index) =>
      insertNote(noteTarget(call), record, index, { module: call.module, id: call.id })
    )

  const describeModule = (call: Call): VendorAnswer => {
    const module = call.query.get('module')
    if (module === null) return zohoError('REQUIRED_PARAM_MISSING', { param_name: 'module' })
    const fields = fieldsOf(module)
    return fields === undefined
      ? zohoError('INVALID_MODULE', { api_name: module })
      : jsonAnswer(200, {
          fields: fields
            .filter(({ apiName }) => !settings.zohoRemovedFields.includes(`${module}.${apiName}`))
            .map(describeField)
        })
  }

  const serve = (request: FastifyRequest, answer: (call: Call) => VendorAnswer): VendorAnswer => {
    const version = zohoVersion(parameter(request, 'version'))
    if (version === undefined) return zohoError('INVALID_URL_PATTERN')
    const module = parameter(request, 'module')
    if (module !== '' && fieldsOf(module) === undefined) return zohoError('INVALID_MODULE', { api_name: module })
    return answer({
      target: { store, module, version, removed: settings.zohoRemovedFields },
      version,
      module,
      id: resolveId(store, module, request),
      query: queryOf(request),
      body: bodyObject(request),
      request
    })
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      const refusal = admit(request)
      if (refusal !== undefined) return sendAnswer(reply, refusal)
    })

    const route = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, answer: (call: Call) => VendorAnswer) =>
      app.route({
        method,
        url: `/crm/:version${path}`,
        handler: (request, reply) => sendAnswer(reply, serve(request, answer))
      })

    route('GET', '/settings/fields', describeModule)
    route('GET', '/settings/modules', () =>
      jsonAnswer(200, { modules: moduleNames().map((name) => ({ api_name: name, api_supported: true })) })
    )
    route('POST', '/:module', insert)
    route('PUT', '/:module', updateMany)
    route('DELETE', '/:module', remove)
    route('POST', '/:module/upsert', upsert)
    route('GET', '/:module', (call) => recordListAnswer(call.module, store.list(call.module), call.query, call.version))
    route('GET', '/:module/search', (call) =>
      searchAnswer(call.module, store.searchable(call.module), call.query, call.version)
    )
    route('GET', '/:module/:id', getOne)
    route('PUT', '/:module/:id', updateOne)
    route('DELETE', '/:module/:id', remove)
    route('POST', '/:module/:id/Notes', insertParentNotes)
    route('GET', '/:module/:id/Tasks', (call) => {
      const tasks = store.list('Tasks').filter((task) => hangsOn(task, call.id))
      return recordListAnswer('Tasks', tasks, call.query, call.version)
    })
    route('GET', '/:module/:id/Notes', (call) =>
      recordListAnswer('Notes', notesOf(store, call.id), call.query, call.version)
    )
  }

  return {
    name: 'zoho',
    routes,
    failure: ({ code, retryAfterSeconds }) =>
      zohoError(code, {}, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) })
  }
}
