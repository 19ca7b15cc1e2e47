import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { Settings } from '../settings.ts'
import { bodyObject, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { associate, associationsAnswer, linksIn } from './hubspot-associations.ts'
import { batchRead, batchUpdate, batchUpsert } from './hubspot-batches.ts'
import type { BatchCall } from './hubspot-batches.ts'
import { hubspotError, refusedAnswer } from './hubspot-errors.ts'
import type { HubspotLimits } from './hubspot-limits.ts'
import { batchAssociate, batchDissociate } from './hubspot-links.ts'
import type { LinkBatch } from './hubspot-links.ts'
import { tokenAnswer } from './hubspot-oauth.ts'
import type { HubspotCredentials } from './hubspot-oauth.ts'
import { describeProperty, objectTypeOf, propertiesOf } from './hubspot-properties.ts'
import { searchAnswer } from './hubspot-search.ts'
import { showObject } from './hubspot-show.ts'
import type { HubspotStore } from './hubspot-store.ts'
import type { HubspotTokens } from './hubspot-tokens.ts'
import { createObject, findObject, updateObject } from './hubspot-writes.ts'

export interface HubspotParts {
  clock: SimulatorClock
  settings: Settings
  store: HubspotStore
  tokens: HubspotTokens
  limits: HubspotLimits
  credentials: HubspotCredentials
}

/** One call about the objects of one type. */
interface Call {
  objectType: string
  id: string
  query: URLSearchParams
  body: JsonObject | undefined
  request: FastifyRequest
}

const TOKEN_PATH = '/oauth/v1/token'
const DEFAULT_PER_PAGE = 10
const MAX_PER_PAGE = 100

const parameter = (request: FastifyRequest, name: string): string => {
  const parameters = request.params as Record<string, string | undefined>
  return parameters[name] ?? ''
}

const namesIn = (query: URLSearchParams): string[] | undefined => query.get('properties')?.split(',')

/** HubSpot's CRM for one account, with its OAuth server. */
export const hubspot = ({ clock, settings, store, tokens, limits, credentials }: HubspotParts): Vendor => {
  const isSearch = (request: FastifyRequest): boolean => request.url.split('?')[0]?.endsWith('/search') === true
  const isOauth = (request: FastifyRequest): boolean => request.url.endsWith(TOKEN_PATH)

  const admit = (request: FastifyRequest): VendorAnswer | undefined => {
    if (isOauth(request)) return undefined
    const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? []
    const state = token === credentials.accessToken ? 'good' : tokens.stateOf(token ?? '')
    if (state === 'unknown') return hubspotError('INVALID_AUTHENTICATION')
    if (state === 'expired') return hubspotError('EXPIRED_AUTHENTICATION')
    return limits.refuse(isSearch(request))
  }

  const batch = (call: Call): BatchCall => ({
    store,
    clock,
    objectType: call.objectType,
    body: call.body,
    multiStatus: settings.hubspotMultiStatus
  })

  const create = ({ objectType, body }: Call): VendorAnswer => {
    const links = linksIn(store, objectType, body?.associations)
    if (!Array.isArray(links)) return refusedAnswer(links)
    const result = createObject(store, objectType, body?.properties)
    if (!result.ok) return refusedAnswer(result.refusal)
    const { object } = result
    for (const link of links) associate(store, { fromType: objectType, fromId: object.id, ...link })
    const sent = isJsonObject(body?.properties) ? Object.keys(body.properties) : []
    return jsonAnswer(201, showObject(objectType, object, sent))
  }

  const idOf = ({ objectType, id, query }: Call): string | undefined =>
    findObject(store, objectType, id, query.get('idProperty') ?? undefined)?.id

  const update = (call: Call): VendorAnswer => {
    const id = idOf(call)
    if (id === undefined) return hubspotError('OBJECT_NOT_FOUND')
    const result = updateObject(store, call.objectType, id, call.body?.properties)
    if (!result.ok) return refusedAnswer(result.refusal)
    const sent = isJsonObject(call.body?.properties) ? Object.keys(call.body.properties) : []
    return jsonAnswer(200, showObject(call.objectType, result.object, sent))
  }

  const getOne = (call: Call): VendorAnswer => {
    const object = store.get(call.objectType, idOf(call) ?? '')
    if (object === undefined) return hubspotError('OBJECT_NOT_FOUND')
    return jsonAnswer(200, showObject(call.objectType, object, namesIn(call.query)))
  }

  const list = ({ objectType, query }: Call): VendorAnswer => {
    const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PER_PAGE) || DEFAULT_PER_PAGE, MAX_PER_PAGE)
    const after = query.get('after')
    const from = after === null ? 0n : BigInt(/^\d+$/.test(after) ? after : 0)
    const rest = store.list(objectType).filter(({ id }) => BigInt(id) >= from)
    const results = rest.slice(0, limit).map((object) => showObject(objectType, object, namesIn(query)))
    const next = rest[limit]
    return jsonAnswer(200, next === undefined ? { results } : { results, paging: { next: { after: next.id } } })
  }

  const archive = (call: Call): VendorAnswer => {
    store.archive(call.objectType, call.id)
    return emptyAnswer(204)
  }

  const link = (call: Call): VendorAnswer => {
    const toType = objectTypeOf(parameter(call.request, 'toType'))
    const toId = parameter(call.request, 'toId')
    const there = store.get(call.objectType, call.id) !== undefined && store.get(toType ?? '', toId) !== undefined
    const linked =
      there && toType !== undefined && associate(store, { fromType: call.objectType, fromId: call.id, toType, toId })
    return linked ? jsonAnswer(200, { status: 'COMPLETE', results: [] }) : hubspotError('OBJECT_NOT_FOUND')
  }

  const linked = (call: Call): VendorAnswer => {
    const toType = objectTypeOf(parameter(call.request, 'toType'))
    return toType === undefined || store.get(call.objectType, call.id) === undefined
      ? hubspotError('OBJECT_NOT_FOUND')
      : associationsAnswer(store, call.objectType, call.id, toType, call.query)
  }

  const linkBatch = (call: Call, answer: (batch: LinkBatch) => VendorAnswer): VendorAnswer => {
    const toType = objectTypeOf(parameter(call.request, 'toType'))
    return toType === undefined
      ? hubspotError('OBJECT_NOT_FOUND')
      : answer({ store, clock, fromType: call.objectType, toType, body: call.body })
  }

  const serve = (request: FastifyRequest, answer: (call: Call) => VendorAnswer): VendorAnswer => {
    const objectType = objectTypeOf(parameter(request, 'type'))
    if (objectType === undefined) return hubspotError('OBJECT_NOT_FOUND')
    const body = bodyObject(request)
    if (['POST', 'PATCH'].includes(request.method) && body === undefined) return hubspotError('VALIDATION_ERROR')
    return answer({ objectType, id: asText(parameter(request, 'id')) ?? '', query: queryOf(request), body, request })
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      const refused = admit(request)
      if (refused !== undefined) return sendAnswer(reply, refused)
      void reply.headers(isOauth(request) ? {} : limits.headers(isSearch(request)))
    })
    app.post(TOKEN_PATH, (request, reply) => sendAnswer(reply, tokenAnswer(request, credentials, tokens)))

    const route = (
      method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
      url: string,
      answer: (call: Call) => VendorAnswer
    ) => app.route({ method, url, handler: (request, reply) => sendAnswer(reply, serve(request, answer)) })

    route('GET', '/crm/v3/properties/:type', ({ objectType }) =>
      jsonAnswer(200, { results: propertiesOf(objectType).map(describeProperty) })
    )
    const objects = '/crm/v3/objects/:type'
    route('POST', objects, create)
    route('GET', objects, list)
    route('POST', `${objects}/batch/upsert`, (call) => batchUpsert(batch(call)))
    route('POST', `${objects}/batch/update`, (call) => batchUpdate(batch(call)))
    route('POST', `${objects}/batch/read`, (call) => batchRead(batch(call)))
    route('POST', `${objects}/search`, ({ objectType, body }) =>
      searchAnswer(objectType, store.searchable(objectType), body)
    )
    route('GET', `${objects}/:id`, getOne)
    route('PATCH', `${objects}/:id`, update)
    route('DELETE', `${objects}/:id`, archive)
    route('GET', '/crm/v4/objects/:type/:id/associations/:toType', linked)
    route('POST', '/crm/v4/associations/:type/:toType/batch/associate/default', (call) =>
      linkBatch(call, batchAssociate)
    )
    route('POST', '/crm/v4/associations/:type/:toType/batch/archive', (call) => linkBatch(call, batchDissociate))
    route('PUT', '/crm/v4/objects/:type/:id/associations/default/:toType/:toId', link)
  }

  return { name: 'hubspot', routes, failure: ({ code }) => hubspotError(code) }
}
