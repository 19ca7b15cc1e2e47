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
import { error, failure, invalid, REQUESTS_PER_MINUTE } from './calendly-answers.ts'
import { collection } from './calendly-collection.ts'
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
const USER = `${API}/users/${USER_ID}`
const ORGANIZATION = `${API}/organizations/0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f`
const MINUTE_MS = 60_000

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
      user: scope === 'user' ? USER : null,
      creator: USER
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
        API,
        '/webhook_subscriptions',
        queryOf(request),
        store.subscriptions().map(({ resource }) => resource)
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

/** What is wrong with a request for scheduled events. */
const problemOf = (query: URLSearchParams): VendorAnswer | undefined => {
  const [organization, user] = [query.get('organization'), query.get('user')]
  if (organization === null && user === null) return invalid('organization', 'must be filled')
  if ((organization ?? ORGANIZATION) !== ORGANIZATION || (user ?? USER) !== USER) return failure('403')
  for (const name of ['min_start_time', 'max_start_time']) {
    const text = query.get(name)
    if (text !== null && Number.isNaN(Date.parse(text))) return invalid(name, 'must be a valid date-time')
  }
  const choices = { status: ['active', 'canceled'], sort: ['start_time:asc', 'start_time:desc'] }
  for (const [name, words] of Object.entries(choices)) {
    const word = query.get(name)
    if (word !== null && !words.includes(word)) return invalid(name, `must be one of: ${words.join(', ')}`)
  }
  return undefined
}

/** Calendly's API for one organization. */
export const calendly = (options: { apiToken: string; store: CalendlyStore; clock: SimulatorClock }): Vendor => {
  const { apiToken, store, clock } = options
  const minute = createSlidingWindow(clock.now)
  const subscriptions = subscriptionRoutes(store, clock)

  const listEvents = (request: FastifyRequest): VendorAnswer => {
    const query = queryOf(request)
    const problem = problemOf(query)
    if (problem !== undefined) return problem
    const bound = (name: string): number | undefined => {
      const text = query.get(name)
      return text === null ? undefined : Date.parse(text)
    }
    const [from, to] = [bound('min_start_time'), bound('max_start_time')]
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
    if (query.get('sort') === 'start_time:desc') found.reverse()
    return collection(
      API,
      '/scheduled_events',
      query,
      found.map(({ booking, end }) => scheduledEvent(booking, end))
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
      API,
      path,
      queryOf(request),
      found.map(({ booking, end }) => invitee(booking, end))
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
        uri: USER,
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
      if (request.headers.authorization !== `Bearer ${apiToken}`) return sendAnswer(reply, failure('401'))
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
