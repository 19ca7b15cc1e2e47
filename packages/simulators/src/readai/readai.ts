import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import { queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { meetingResource } from './readai-payload.ts'
import type { ReadaiMeeting } from './readai-payload.ts'
import type { ReadaiStore } from './readai-store.ts'

const REQUESTS_PER_MINUTE = 100
const MINUTE_MS = 60_000
const MAX_LIMIT = 10
const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const

const details: Record<string, string> = {
  '401': 'Not authenticated',
  '403': 'Forbidden',
  '404': 'Not Found',
  '429': 'Rate limit exceeded'
}

const failure = (code: string): VendorAnswer => {
  const status = /^\d+$/.test(code) ? Number(code) : 500
  return jsonAnswer(status, { detail: details[code] ?? 'Internal Server Error' })
}

const unprocessable = (name: string, message: string): VendorAnswer =>
  jsonAnswer(422, { detail: [{ loc: ['query', name], msg: message, type: 'value_error' }] })

/** Read.ai's API in its open beta: reading meetings only. */
export const readai = (options: { apiKey: string; store: ReadaiStore; clock: SimulatorClock }): Vendor => {
  const { apiKey, store, clock } = options
  const minute = createSlidingWindow(clock.now)

  const expandOf = (query: URLSearchParams): string[] => [...query.getAll('expand[]'), ...query.getAll('expand')]

  const inRange = (meeting: ReadaiMeeting, query: URLSearchParams): boolean => {
    const start = meeting.start.getTime()
    const bound = (name: string): number | undefined => {
      const text = query.get(`start_time_ms.${name}`)
      return text === null ? undefined : Number(text)
    }
    const [gt, gte, lt, lte] = BOUNDS.map(bound)
    return (
      !(gt !== undefined && start <= gt) &&
      !(gte !== undefined && start < gte) &&
      !(lt !== undefined && start >= lt) &&
      !(lte !== undefined && start > lte)
    )
  }

  const list = (request: FastifyRequest): VendorAnswer => {
    const query = queryOf(request)
    const limit = Number(query.get('limit') ?? MAX_LIMIT)
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      return unprocessable('limit', `ensure this value is from 1 to ${MAX_LIMIT}`)
    }
    const found = store.list().filter((meeting) => inRange(meeting, query))
    const cursor = query.get('cursor')
    const from = cursor === null ? 0 : found.findIndex(({ sessionId }) => sessionId === cursor) + 1
    if (cursor !== null && from === 0) return unprocessable('cursor', 'is not a meeting of this list')
    const wrong = BOUNDS.find((name) => !/^\d*$/.test(query.get(`start_time_ms.${name}`) ?? ''))
    if (wrong !== undefined) return unprocessable(`start_time_ms.${wrong}`, 'value is not a valid integer')
    const page = found.slice(from, from + limit)
    return jsonAnswer(200, {
      object: 'list',
      url: '/v1/meetings',
      has_more: from + limit < found.length,
      data: page.map((meeting) => meetingResource(meeting, expandOf(query)))
    })
  }

  const get = (request: FastifyRequest): VendorAnswer => {
    const { id } = request.params as { id: string }
    const meeting = store.get(id)
    return meeting === undefined
      ? failure('404')
      : jsonAnswer(200, meetingResource(meeting, expandOf(queryOf(request))))
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      if (request.headers.authorization !== `Bearer ${apiKey}`) return sendAnswer(reply, failure('401'))
      if (!minute.take(1, REQUESTS_PER_MINUTE, MINUTE_MS)) return sendAnswer(reply, failure('429'))
    })
    app.get('/v1/meetings', (request, reply) => sendAnswer(reply, list(request)))
    app.get('/v1/meetings/:id', (request, reply) => sendAnswer(reply, get(request)))
  }

  return { name: 'readai', routes, failure: ({ code }) => failure(code) }
}
