import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FaultBook, ChosenFault } from './faults/fault-book.ts'
import { routeOf } from './journal.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { isJsonObject, parseJson } from './json.ts'
import type { JsonObject } from './json.ts'
import { sha256Hex } from './seeded.ts'
import type { SimulatorClock } from './clock.ts'
import type { VendorAnswer, VendorName } from './vendors.ts'

/** What a vendor's failure is asked for: an HTTP status (`429`), or a code of the vendor's own. */
export interface FailureRequest {
  code: string
  retryAfterSeconds?: number
  request: FastifyRequest
}

/** One simulated vendor: its routes below its prefix, and the bodies of its failures. */
export interface Vendor {
  name: VendorName
  routes(app: FastifyInstance): void
  /** The vendor's own answer for a status or code; unknown codes give its general failure. */
  failure(failure: FailureRequest): VendorAnswer
}

interface VendorCall {
  entry: JournalEntry
  fault: ChosenFault | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    vendorCall: VendorCall | null
  }
}

export interface VendorSurroundings {
  clock: SimulatorClock
  journal: Journal
  faults: FaultBook
  /** Ends all waits when the simulators stop. */
  stopping: AbortSignal
}

/** Longer than any client should wait for an answer. */
const TIMEOUT_MS = 30_000
/** Long enough to be noticed, short enough for a test. */
const SLOW_MS = 1000
/** The largest body of the vendors' own limits. */
const BODY_LIMIT = 20 * 1024 * 1024

/** The request's body as text; empty where there is none. */
export const bodyText = (request: FastifyRequest): string => (typeof request.body === 'string' ? request.body : '')

/** The request's body as a JSON object, or `undefined`. */
export const bodyObject = (request: FastifyRequest): JsonObject | undefined => {
  const parsed = parseJson(bodyText(request))
  return isJsonObject(parsed) ? parsed : undefined
}

/** The request's query, one text per name. */
export const queryOf = (request: FastifyRequest): URLSearchParams => new URL(request.url, 'http://vendor').searchParams

/** Sends a vendor's answer. */
export const sendAnswer = (reply: FastifyReply, answer: VendorAnswer): FastifyReply =>
  reply
    .code(answer.status)
    .headers(answer.headers ?? {})
    .send(answer.body)

/** Waits, but not longer than the client stays or the simulators run. */
const hold = (request: FastifyRequest, milliseconds: number, stopping: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const { socket } = request.raw
    const finish = () => {
      clearTimeout(timer)
      socket.off('close', finish)
      stopping.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    socket.once('close', finish)
    stopping.addEventListener('abort', finish)
    if (stopping.aborted || socket.destroyed) finish()
  })

/** Waits as long as a model thinks, but not longer than the client stays. */
export const thinkFor = async (request: FastifyRequest, milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await hold(request, milliseconds, AbortSignal.any([]))
}

const withRetryAfter = (fault: ChosenFault): { retryAfterSeconds?: number } =>
  fault.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: fault.retryAfterSeconds }

/** Mounts a vendor below its prefix, with its journal and its faults. */
export const mountVendor = async (app: FastifyInstance, vendor: Vendor, around: VendorSurroundings): Promise<void> => {
  const { clock, journal, faults, stopping } = around

  const openCall = (request: FastifyRequest, path: string): VendorCall => {
    const fault = faults.next({ vendor: vendor.name, route: routeOf(request.method, path) })
    const body = bodyText(request)
    const entry = journal.open({
      at: clock.now().toISOString(),
      vendor: vendor.name,
      method: request.method,
      path,
      fault: fault === undefined ? null : fault.code === undefined ? fault.kind : `${fault.kind} ${fault.code}`,
      bodyDigest: sha256Hex(body),
      body
    })
    return { entry, fault }
  }

  const cut = (request: FastifyRequest, reply: FastifyReply, entry: JournalEntry, status: number | null): void => {
    journal.close(entry, { status, answered: false })
    reply.hijack()
    request.raw.socket.destroy()
  }

  await app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
        done(null, body)
      })

      // Files would not survive being read as text.
      scope.addContentTypeParser(
        'multipart/form-data',
        { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
        (_request, body, done) => {
          done(null, body)
        }
      )

      scope.addHook('preHandler', async (request, reply) => {
        const call = openCall(request, request.url.slice(vendor.name.length + 1) || '/')
        request.vendorCall = call
        const { entry, fault } = call
        if (fault === undefined) return
        if (fault.kind === 'reset') {
          cut(request, reply, entry, null)
          return reply
        }
        if (fault.kind === 'timeout-before') {
          await hold(request, fault.delayMs ?? TIMEOUT_MS, stopping)
          cut(request, reply, entry, null)
          return reply
        }
        if (fault.kind === 'slow') await hold(request, fault.delayMs ?? SLOW_MS, stopping)
        if (fault.kind === 'error' || /^\d+$/.test(fault.kind)) {
          const code = fault.code ?? (fault.kind === 'error' ? '500' : fault.kind)
          return sendAnswer(reply, vendor.failure({ code, request, ...withRetryAfter(fault) }))
        }
      })

      scope.addHook('onSend', async (request, reply, payload) => {
        const call = request.vendorCall
        if (call === null) return payload
        const kind = call.fault?.kind
        const leaves = kind !== 'timeout-after' && kind !== 'drop-after'
        journal.close(call.entry, { status: reply.statusCode, answered: leaves })
        if (kind === 'timeout-after') await hold(request, call.fault?.delayMs ?? TIMEOUT_MS, stopping)
        if (kind === 'drop-after') await hold(request, call.fault?.delayMs ?? 0, stopping)
        if (!leaves) request.raw.socket.destroy()
        return payload
      })

      scope.setNotFoundHandler((request, reply) => sendAnswer(reply, vendor.failure({ code: '404', request })))
      scope.setErrorHandler((error, request, reply) => {
        request.log.error(error)
        return sendAnswer(reply, vendor.failure({ code: '500', request }))
      })
      vendor.routes(scope)
    },
    { prefix: `/${vendor.name}` }
  )
}
