import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isJsonObject, parseJson } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { createKeptList } from '../kept-list.ts'
import type { KeptList } from '../kept-list.ts'
import type { Settings } from '../settings.ts'
import { createSlidingWindow } from '../sliding-window.ts'
import { bodyText, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { textAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import type { SimulatorClock } from '../clock.ts'
import type { StateLog } from '../state-log.ts'

/** A message that a channel got. */
export interface SlackMessage extends JsonObject {
  at: string
  /** The webhook's path, which tells one channel from another. */
  webhook: string
  text: string
  payload: JsonObject
}

export type SlackStore = KeptList<SlackMessage>

const KEPT_MESSAGES = 5000
const MAX_TEXT = 40_000
const MAX_BLOCKS = 50
const MAX_SECTION_TEXT = 3000

export const createSlackStore = (log: StateLog): SlackStore =>
  createKeptList(log, { kind: 'slack.message', most: KEPT_MESSAGES })

const plainErrors: Record<string, number> = {
  invalid_payload: 400,
  no_text: 400,
  invalid_blocks: 400,
  user_not_found: 400,
  action_prohibited: 403,
  invalid_token: 403,
  channel_not_found: 404,
  no_service: 404,
  no_team: 404,
  channel_is_archived: 410,
  rollup_error: 500
}

const plainError = (code: string, retryAfterSeconds = 1): VendorAnswer => {
  if (code === '429' || code === 'rate_limited') {
    return textAnswer(429, 'rate_limited', { 'retry-after': String(retryAfterSeconds) })
  }
  if (code === '404') return textAnswer(404, 'no_service')
  if (/^\d+$/.test(code)) return textAnswer(Number(code), 'rollup_error')
  return textAnswer(plainErrors[code] ?? 400, code)
}

const payloadOf = (request: FastifyRequest): JsonObject | undefined => {
  const body = bodyText(request)
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  const parsed = parseJson(form ? (new URLSearchParams(body).get('payload') ?? '') : body)
  return isJsonObject(parsed) ? parsed : undefined
}

const sectionTooLong = (block: unknown): boolean => {
  if (!isJsonObject(block) || block.type !== 'section' || !isJsonObject(block.text)) return false
  const { text } = block.text
  return typeof text !== 'string' || text.length === 0 || text.length > MAX_SECTION_TEXT
}

const invalidBlocks = (blocks: unknown): boolean =>
  !Array.isArray(blocks) ||
  blocks.length > MAX_BLOCKS ||
  blocks.some((block) => !isJsonObject(block) || typeof block.type !== 'string' || sectionTooLong(block))

/** Slack's incoming webhooks. */
export const slack = (store: SlackStore, clock: SimulatorClock, settings: Settings): Vendor => {
  const second = createSlidingWindow(clock.now)

  const take = (request: FastifyRequest): VendorAnswer => {
    const payload = payloadOf(request)
    if (payload === undefined) return plainError('invalid_payload')
    const { text, blocks, attachments } = payload
    if (blocks !== undefined && invalidBlocks(blocks)) return plainError('invalid_blocks')
    if (blocks === undefined && attachments === undefined && (typeof text !== 'string' || text === '')) {
      return plainError('no_text')
    }
    if (settings.slackMessagesPerSecond !== null && !second.take(1, settings.slackMessagesPerSecond, 1000)) {
      return plainError('429')
    }
    store.add({
      at: clock.now().toISOString(),
      webhook: request.url.split('?')[0] ?? request.url,
      text: typeof text === 'string' ? text.slice(0, MAX_TEXT) : '',
      payload
    })
    return textAnswer(200, 'ok')
  }

  return {
    name: 'slack',
    routes: (app: FastifyInstance) => {
      app.post('/services/:team/:bot/:secret', (request, reply) => sendAnswer(reply, take(request)))
    },
    failure: ({ code, retryAfterSeconds }) => plainError(code, retryAfterSeconds)
  }
}
