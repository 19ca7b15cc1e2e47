import { PermanentError, TransientError } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { unreadable } from '../errors.ts'
import { decideCrashed, decideOutcome, LONGEST_WAIT_MS, type Deliveries } from './decide-outcome.ts'
import { failureFingerprint, redactedMessage } from './failure-text.ts'
import type { RetryPolicy } from './outcome.ts'

const policy: RetryPolicy = { retryDelaysMs: [60_000, 120_000, 240_000], random: () => 0.5 }

/** A delivery after so many attempts and deferrals. */
function after(used: number, deferred = 0, waitedMs = 0): Deliveries {
  return { used, deferred, waitedMs }
}

void t.test('the class of the error and the attempts decide, never its text', async (t) => {
  t.same(decideOutcome(undefined, after(0), policy), { kind: 'ack' })
  const away = new TransientError('CRM_AWAY', 'the CRM answered 500')
  t.match(decideOutcome(away, after(0), policy), { kind: 'retry', delayMs: 60_000, code: 'CRM_AWAY' })
  t.match(decideOutcome(away, after(2, 50), policy), { kind: 'retry', delayMs: 240_000 })
  t.match(decideOutcome(away, after(3), policy), {
    kind: 'dead-letter',
    reason: 'attempts-exhausted',
    code: 'CRM_AWAY'
  })
  t.match(decideOutcome(new Error('503'), after(0), policy), { kind: 'retry', code: 'UNEXPECTED_FAILURE' })
  t.match(decideOutcome(null, after(0), policy), { kind: 'retry' })
  t.match(decideOutcome(new PermanentError('CRM_REFUSED', 'no such field'), after(0), policy), {
    kind: 'dead-letter',
    reason: 'permanent',
    code: 'CRM_REFUSED',
    message: 'no such field'
  })
  t.match(decideOutcome(unreadable('EVENTS', 7, 'it is not JSON'), after(0), policy), { reason: 'unreadable' })
})

void t.test('what the vendor asked for wins over the schedule; jitter stays within ten percent', async (t) => {
  const asked = new TransientError('CRM_BUSY', 'slow down', { retryAfterMs: 1_500 })
  t.match(decideOutcome(asked, after(1), policy), { kind: 'retry', delayMs: 1_500 })
  const delays = [0, 0.25, 0.999].map((random) =>
    decideOutcome(new Error('x'), after(0), { ...policy, random: () => random })
  )
  t.match(delays, [{ delayMs: 54_000 }, { delayMs: 57_000 }, { delayMs: 65_988 }])
})

void t.test('what says nothing about the message never uses up an attempt, however long it lasts', async (t) => {
  const exact: RetryPolicy = { ...policy, random: () => 0 }
  const open = new TransientError('CIRCUIT_OPEN', 'away', { retryAfterMs: 15_000, countsAsAttempt: false })
  const delays = [0, 1, 2, 3, 4, 5, 500].map((deferred) => decideOutcome(open, after(3, deferred), exact))
  t.match(
    delays,
    [15_000, 30_000, 60_000, 120_000, 240_000, 240_000, 240_000].map((delayMs) => ({ kind: 'defer', delayMs }))
  )
  const tomorrow = new TransientError('BUDGET', 'used up', { retryAfterMs: 43_200_000, countsAsAttempt: false })
  t.match(decideOutcome(tomorrow, after(0), exact), { kind: 'defer', delayMs: 3_600_000 }, 'looked at again each hour')
  const unnamed = new TransientError('LEDGER_AWAY', 'away', { countsAsAttempt: false })
  t.match(decideOutcome(unnamed, after(0, 1), exact), { kind: 'defer', delayMs: 120_000 })
  t.match(
    decideOutcome(unnamed, after(0), { ...exact, random: () => 0.999 }),
    { delayMs: 65_994 },
    'later, never sooner'
  )
  t.match(
    decideOutcome(open, after(3, 500, LONGEST_WAIT_MS), exact),
    { kind: 'dead-letter' },
    'after three days it counts'
  )
  const wrapped = new TransientError('CRM_AWAY', 'not written', { cause: open })
  t.match(decideOutcome(wrapped, after(3), exact), { kind: 'defer' }, 'a wrapper hands it on')
})

void t.test('a message without outcomes takes its process down; one that was put off does not', async (t) => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), fc.nat({ max: 20 }), (deferred, others) => {
      const crashed = decideCrashed(deferred + others, { deferred }, policy)
      t.equal(crashed !== null, others > policy.retryDelaysMs.length + 1 + 3)
    })
  )
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

void t.test('our own ids stay readable, and do not make one kind of failure many', async (t) => {
  const uuids = ['6f1c1f0a-4a53-5d0e-9a6b-0f4f2a7c9d11', '01234567-8901-5234-9678-901234567890']
  const hashes = ['0123456789abcdef0123456789abcdef', '90123456789012345678901234567890', 'deadbeef0000']
  const fingerprints = [...uuids, ...hashes].map((id) => {
    const text = `Lead ${id} of person-${id}, lead/${id}: +44 20 7946 0958`
    const kept = redactedMessage(text)
    t.equal(kept, `Lead ${id} of person-${id}, lead/${id}: [number]`)
    return failureFingerprint('crm-sync', 'write', 'CRM_REFUSED', kept)
  })
  t.equal(new Set(fingerprints).size, 1)
  for (const number of ['+49 151 23456789', '4915123456789', '(555) 010-9999', '0044 20 79460958', '555-0100-22'])
    t.equal(redactedMessage(`call ${number} of 2 now`), `call ${number.startsWith('(') ? '(' : ''}[number] of 2 now`)
  t.equal(redactedMessage('from ada.l+x@mail.example.com'), 'from [e-mail]')
})
