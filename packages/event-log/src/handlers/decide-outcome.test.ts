import { PermanentError, TransientError } from '@leadlog/contracts'
import t from 'tap'
import { unreadable } from '../errors.ts'
import { decideOutcome } from './decide-outcome.ts'
import { failureFingerprint, redactedMessage } from './failure-text.ts'
import type { RetryPolicy } from './outcome.ts'

const policy: RetryPolicy = { retryDelaysMs: [60_000, 120_000, 240_000], random: () => 0.5 }

void t.test('the class of the error and the attempt decide, never its text', async (t) => {
  t.same(decideOutcome(undefined, 1, policy), { kind: 'ack' })
  const away = new TransientError('CRM_AWAY', 'the CRM answered 503')
  t.match(decideOutcome(away, 1, policy), { kind: 'retry', delayMs: 60_000, code: 'CRM_AWAY' })
  t.match(decideOutcome(away, 3, policy), { kind: 'retry', delayMs: 240_000 })
  t.match(decideOutcome(away, 4, policy), { kind: 'dead-letter', reason: 'attempts-exhausted', code: 'CRM_AWAY' })
  t.match(decideOutcome(new Error('503'), 1, policy), { kind: 'retry', code: 'UNEXPECTED_FAILURE' })
  t.match(decideOutcome(null, 1, policy), { kind: 'retry' })
  t.match(decideOutcome(new PermanentError('CRM_REFUSED', 'no such field'), 1, policy), {
    kind: 'dead-letter',
    reason: 'permanent',
    code: 'CRM_REFUSED',
    message: 'no such field'
  })
  t.match(decideOutcome(unreadable('EVENTS', 7, 'it is not JSON'), 1, policy), { reason: 'unreadable' })
})

void t.test('what the vendor asked for wins over the schedule; jitter stays within ten percent', async (t) => {
  const asked = new TransientError('CRM_BUSY', 'slow down', { retryAfterMs: 1_500 })
  t.match(decideOutcome(asked, 2, policy), { kind: 'retry', delayMs: 1_500 })
  const delays = [0, 0.25, 0.999].map((random) => decideOutcome(new Error('x'), 1, { ...policy, random: () => random }))
  t.match(delays, [{ delayMs: 54_000 }, { delayMs: 57_000 }, { delayMs: 65_988 }])
})

void t.test('kept texts carry no personal data, and one kind of failure has one fingerprint', async (t) => {
  const text = redactedMessage(`ada@example.com said "${'long '.repeat(20)}" from +1 (555) 010-9999 twice`)
  t.equal(text, '[e-mail] said [text] from [number] twice')
  const of = (message: string) => failureFingerprint('crm-sync', 'write', 'CRM_REFUSED', message)
  t.equal(
    of('record 4711 "Ada" 6f1c1f0a-4a53-5d0e-9a6b-0f4f2a7c9d11'),
    of('record 12 "Bob" 11111111-4a53-5d0e-9a6b-0f4f2a7c9d11')
  )
  t.not(of('record 1 refused'), of('field 1 refused'))
})
