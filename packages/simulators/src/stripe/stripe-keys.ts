import type { FastifyRequest } from 'fastify'
import { sha256Hex } from '../seeded.ts'
import { bodyText } from '../vendor-plugin.ts'
import type { VendorAnswer } from '../vendors.ts'
import { stripeError } from './stripe-errors.ts'
import type { StripeStore } from './stripe-store.ts'

/** Idempotency keys: the first answer to each is kept and repeated. */
export interface StripeKeys {
  /** The kept answer, or why the key cannot be used; undefined where the call is to be carried out. */
  before(request: FastifyRequest): VendorAnswer | undefined
  /** Keeps the first answer to the key of the request. */
  keep(request: FastifyRequest, answer: VendorAnswer): VendorAnswer
  /** The request is being answered. */
  enter(request: FastifyRequest): void
  leave(request: FastifyRequest): void
}

const LONGEST_KEY = 255

export const createStripeKeys = (store: StripeStore): StripeKeys => {
  const atWork = new Map<string, number>()
  const keyOf = ({ method, headers }: FastifyRequest): string | undefined => {
    const key = headers['idempotency-key']
    return method === 'POST' && typeof key === 'string' && key !== '' ? key : undefined
  }
  const digestOf = (request: FastifyRequest): string =>
    sha256Hex(`${request.url}\n${[...new URLSearchParams(bodyText(request))].map(String).sort().join('\n')}`)
  const count = (request: FastifyRequest, by: number): void => {
    const key = keyOf(request)
    if (key !== undefined) atWork.set(key, (atWork.get(key) ?? 0) + by)
  }
  return {
    before: (request) => {
      const key = keyOf(request)
      if (key === undefined) return undefined
      if (key.length > LONGEST_KEY) {
        return stripeError({
          status: 400,
          type: 'idempotency_error',
          message: 'Idempotency keys have 255 characters at most.'
        })
      }
      const kept = store.answers.get(key)
      if (kept === undefined) {
        if ((atWork.get(key) ?? 0) < 2) return undefined
        return stripeError({
          status: 409,
          type: 'idempotency_error',
          code: 'idempotency_key_in_use',
          message: 'There is currently another in-progress request using this Idempotent Key.'
        })
      }
      if (kept.digest !== digestOf(request)) {
        return stripeError({
          status: 400,
          type: 'idempotency_error',
          message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.'
        })
      }
      return {
        status: kept.status,
        body: kept.body,
        headers: { 'content-type': 'application/json; charset=utf-8', 'idempotent-replayed': 'true' }
      }
    },
    keep: (request, answer) => {
      const key = keyOf(request)
      // What is refused before it is carried out keeps no key.
      const isKept = key !== undefined && answer.status !== 429 && answer.status !== 409 && answer.status !== 401
      if (isKept && store.answers.get(key) === undefined) {
        store.answers.save({ sid: key, digest: digestOf(request), status: answer.status, body: answer.body })
      }
      return answer
    },
    enter: (request) => count(request, 1),
    leave: (request) => count(request, -1)
  }
}
