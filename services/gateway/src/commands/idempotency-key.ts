import { HttpProblem } from '@leadlog/service'
import { Type } from '@sinclair/typebox'

/** As in the draft of the header: a text that the client makes up. */
const KEY_FORM = /^[\x21-\x7e]{1,255}$/

/** The headers of a route that does something once per key. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'required; 1 to 255 visible characters' }))
})

/** @throws HttpProblem 400 IDEMPOTENCY_KEY_MISSING, 400 IDEMPOTENCY_KEY_INVALID */
export function idempotencyKeyOf(given: string | string[] | undefined): string {
  if (given === undefined) {
    throw new HttpProblem(
      400,
      'IDEMPOTENCY_KEY_MISSING',
      'Send a header Idempotency-Key with a value of your own, the same when you repeat the request'
    )
  }
  if (typeof given === 'string' && KEY_FORM.test(given)) return given
  throw new HttpProblem(400, 'IDEMPOTENCY_KEY_INVALID', 'An Idempotency-Key has 1 to 255 visible ASCII characters')
}
