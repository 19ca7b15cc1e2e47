import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import { asText } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { seededUuid } from '../seeded.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import { bodyObject, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import {
  calendlyTime,
  invitee,
  inviteeCanceled,
  inviteeCreated,
  inviteeNoShow,
  scheduledEvent
} from './calendly-payload.ts'
import type { CalendlyStore, StoredBooking } from './calendly-store.ts'

const API = 'https://api.calendly.com'
const USER_ID = '9c5f2b1e-3d4a-4f6b-8e7c-1a2b3c4d5e6f'
const ORGANIZATION = `${API}/organizations/0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f`
/** Of a paid account, for each user. */
const REQUESTS_PER_MINUTE = 500
const MINUTE_MS = 60_000
const MAX_COUNT = 100
const DEFAULT_COUNT = 20

const error = (status: number, title: string, message: string, details?: JsonObject[]): VendorAnswer =>
  jsonAnswer(status, { title, message, ...(details === undefined ? {} : { details }) })

const failures: Record<string, readonly [title: string, message: string]> = {
  '400': ['Invalid Argument', 'The supplied parameters are invalid.'],
  '401': ['Unauthenticated', 'The access token is invalid'],
  '403': ['Permission Denied', 'You do not have permission to access this resource.'],
  '404': ['Resource Not Found', 'The server could not find the requested resource.'],
  '429': ['Too Many Requests', 'The rate limit is exceeded.'],
  '500': ['Internal Server Error', 'The server encountered an unexpected condition.']
}

const invalid = (parameter: string, message: string): VendorAnswer =>
  error(400, 'Invalid Argument', 'The supplied parameters are invalid.', [{ parameter, message }])

const failure = (code: string, resetSeconds = 60): VendorAnswer => {
  if (code === 'upgrade_required') {
    return error(403, 'Permission Denied', 'Please upgrade your Calendly account to Standard')
  }
  const status = /^\d+$/.test(code) ? Number(code) : 500
  const [title, message] = failures[code] ?? failures['500'] ?? ['', '']
  const answer = error(status, title, message)
  if (status !== 429) return answer
  const headers = {
    'x-ratelimit-limit': String(REQUESTS_PER_MINUTE),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(resetSeconds)
  }
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

const collection = (items: readonly JsonObject[], query: URLSearchParams, path: string): VendorAnswer => {
  const asked = Number(query.get('count') ?? DEFAULT_COUNT)
  if (!Number.isInteger(asked) || asked < 1 || asked > MAX_COUNT)
    return invalid('count', `must be between 1 and ${MAX_COUNT}`)
  const from = Number(query.get('page_token') ?? 0)
  const page = items.slice(from, from + asked)
  const next = from + asked < items.length ? String(from + asked) : null
  const previous = from > 0 ? String(Math.max(0, from - asked)) : null
  const link = (token: string | null): string | null => (token === null ? null : `${API}${path}?page_token=${token}`)
  return jsonAnswer(200, {
    collection: page,
    pagination: {
      count: page.length,
      next_page: link(next),
      next_page_token: next,
      previous_page: link(previous),
      previous_page_token: previous
    }
  })
}

const textList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : []

const parameter = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string | undefined>)[name] ?? ''

const subscriptionRoutes = (store: CalendlyStore, clock: SimulatorClock) => {
  let created = 0

  const subscribe = (request: FastifyRequest): VendorAnswer => {
    const body = bodyObject(request) ?? {}
    const url = asText(body.url) ?? ''
    const scope = asText(body.scope) ?? ''
    const events = textList(body.events)
    if (!URL.canParse(url)) return invalid('url', 'must be a valid URL')
    if (!['user', 'organization', 'group'].includes(scope))
      return invalid('scope', 'must be one of: user, organization, group')
    if (events.length === 0) return invalid('events', 'must be filled')
    if (store.subscriptions().some((known) => known.callbackUrl === url && known.scope === scope)) {
      return error(409, 'Already Exists', 'Hook with this url already exists')
    }
    created += 1
    const id = seededUuid('subscription', created)
    const at = calendlyTime(clock.now())
    const resource: JsonObject = {
      uri: `${API}/webhook_subscriptions/${id}`,
      callback_url: url,
      created_at: at,
      updated_at: at,
      retry_started_at: null,
      state: 'active',
      events,
      scope,
      organization: ORGANIZATION,
      user: scope === 'user' ? `${API}/users/${USER_ID}` : null,
      creator: `${API}/users/${USER_ID}`
    }
    store.subscribe({ id, resource, callbackUrl: url, events, scope, signingKey: asText(body.signing_key) })
    return jsonAnswer(201, { resource })
  }

  const get = (request: FastifyRequest): VendorAnswer => {
    const found = store.subscriptions().find(({ id }) => id === parameter(request, 'id'))
    return found === undefined ? failure('404') : jsonAnswer(200, { resource: found.resource })
  }

  return {
    subscribe,
    get,
    list: (request: FastifyRequest) =>
      collection(
        store.subscriptions().map(({ resource }) => resource),
        queryOf(request),
        '/webhook_subscriptions'
      ),
    remove: (request: FastifyRequest) =>
      store.unsubscribe(parameter(request, 'id')) ? emptyAnswer(204) : failure('404')
  }
}

const sampleOf = ({ booking, end }: StoredBooking, event: string, at: Date): JsonObject | undefined => {
  const canceled = { at, by: booking.name, canceler: 'invitee' as const, reason: '', replacedBy: null }
  switch (event) {
    case 'invitee.created':
      return inviteeCreated(booking)
    case 'invitee.canceled':
      return inviteeCanceled(booking, end.canceled ?? canceled)
    case 'invitee_no_show.created':
      return inviteeNoShow(booking, end.noShow ?? { at, id: seededUuid('sample no-show') })
    default:
      return undefined
  }
}

/** Calendly's API for one organization. */
export const calendly = (store: CalendlyStore, clock: SimulatorClock): Vendor => {
  const minute = createSlidingWindow(clock.now)
  const subscriptions = subscriptionRoutes(store, clock)

  const listEvents = (request: FastifyRequest): VendorAnswer => {
    const query = queryOf(request)
    if (query.get('organization') === null && query.get('user') === null)
      return invalid('organization', 'must be filled')
    const [from, to] = ['min_start_time', 'max_start_time'].map((name) => Date.parse(query.get(name) ?? ''))
    const status = query.get('status')
    const email = query.get('invitee_email')?.toLowerCase()
    const found = store
      .list()
      .filter(
        ({ booking, end }) =>
          !(from !== undefined && booking.start.getTime() < from) &&
          !(to !== undefined && booking.start.getTime() >= to) &&
          (status === null || status === (end.canceled === undefined ? 'active' : 'canceled')) &&
          (email === undefined || email === booking.email.toLowerCase())
      )
    return collection(
      found.map(({ booking, end }) => scheduledEvent(booking, end)),
      query,
      '/scheduled_events'
    )
  }

  const getEvent = (request: FastifyRequest): VendorAnswer => {
    const [found] = store.byEvent(parameter(request, 'id'))
    return found === undefined
      ? failure('404')
      : jsonAnswer(200, { resource: scheduledEvent(found.booking, found.end) })
  }

  const listInvitees = (request: FastifyRequest): VendorAnswer => {
    const found = store.byEvent(parameter(request, 'id'))
    if (found.length === 0) return failure('404')
    const path = `/scheduled_events/${parameter(request, 'id')}/invitees`
    return collection(
      found.map(({ booking, end }) => invitee(booking, end)),
      queryOf(request),
      path
    )
  }

  const getInvitee = (request: FastifyRequest): VendorAnswer => {
    const found = store.byInvitee(parameter(request, 'invitee'))
    if (found?.booking.eventId !== parameter(request, 'id')) return failure('404')
    return jsonAnswer(200, { resource: invitee(found.booking, found.end) })
  }

  const me = (): VendorAnswer =>
    jsonAnswer(200, {
      resource: {
        uri: `${API}/users/${USER_ID}`,
        name: 'Dana Whitfield',
        slug: 'dana-whitfield',
        email: 'dana.whitfield@leadlog.example',
        scheduling_url: 'https://calendly.com/dana-whitfield',
        timezone: 'Europe/Berlin',
        avatar_url: null,
        created_at: '2026-01-05T09:00:00.000000Z',
        updated_at: '2026-01-05T09:00:00.000000Z',
        current_organization: ORGANIZATION,
        resource_type: 'User',
        locale: 'en'
      }
    })

  const sample = (request: FastifyRequest): VendorAnswer => {
    const [stored] = store.list()
    const event = queryOf(request).get('event') ?? ''
    const body = stored === undefined ? undefined : sampleOf(stored, event, clock.now())
    return body === undefined ? invalid('event', 'there is no sample for this event') : jsonAnswer(200, body)
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) return sendAnswer(reply, failure('401'))
      if (!minute.take(1, REQUESTS_PER_MINUTE, MINUTE_MS)) return sendAnswer(reply, failure('429'))
      void reply.headers({
        'x-ratelimit-limit': String(REQUESTS_PER_MINUTE),
        'x-ratelimit-remaining': String(REQUESTS_PER_MINUTE - minute.used(MINUTE_MS)),
        'x-ratelimit-reset': '60'
      })
    })
    const route = (method: 'GET' | 'POST' | 'DELETE', url: string, answer: (request: FastifyRequest) => VendorAnswer) =>
      app.route({ method, url, handler: (request, reply) => sendAnswer(reply, answer(request)) })
    route('GET', '/users/me', me)
    route('GET', `/users/${USER_ID}`, me)
    route('POST', '/webhook_subscriptions', subscriptions.subscribe)
    route('GET', '/webhook_subscriptions', subscriptions.list)
    route('GET', '/webhook_subscriptions/:id', subscriptions.get)
    route('DELETE', '/webhook_subscriptions/:id', subscriptions.remove)
    route('GET', '/scheduled_events', listEvents)
    route('GET', '/scheduled_events/:id', getEvent)
    route('GET', '/scheduled_events/:id/invitees', listInvitees)
    route('GET', '/scheduled_events/:id/invitees/:invitee', getInvitee)
    route('GET', '/sample_webhook_data', sample)
  }

  return { name: 'calendly', routes, failure: ({ code, retryAfterSeconds }) => failure(code, retryAfterSeconds) }
}
