import { callStatuses, type CallStatus, type RecordedEvent } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { callOf, type Call } from './call.ts'
import { reportStatus, type StatusCallback } from './report-status.ts'

function callback(status: CallStatus, sequence: number | null, seconds = 0): StatusCallback {
  return {
    callId: 'c1',
    personId: 'p1',
    leadId: null,
    callSid: 'CA1',
    direction: 'outbound',
    number: '+14155550142',
    ours: '+16465550100',
    status,
    sequence,
    durationSeconds: status === 'completed' ? seconds : null,
    reportedAt: new Date(Date.UTC(2026, 10, 18, 16, 0, sequence ?? 0)).toISOString()
  }
}

/** Takes the callbacks in this order; every decision is recorded before the next. */
function after(callbacks: readonly StatusCallback[]): Call {
  const events: RecordedEvent[] = []
  for (const one of callbacks) {
    const decided = reportStatus.decide(one, callOf(events))
    if ('refused' in decided) throw new TypeError('a report is never refused')
    events.push(...decided.map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent))
  }
  return callOf(events)
}

const ordered = [
  callback('queued', null),
  callback('initiated', 0),
  callback('ringing', 1),
  callback('in-progress', 2),
  callback('completed', 3, 187)
]

void t.test('the status of a call is the furthest that was reported', (t) => {
  t.equal(after(ordered.slice(0, 3)).report?.status, 'ringing')
  t.equal(after(ordered.slice(0, 3)).ended, null)
  const done = after(ordered)
  t.match(done.ended, { status: 'completed', durationSeconds: 187 })
  t.equal(after([...ordered].reverse()).report?.status, 'completed', 'an end is not taken back')
  t.equal(after([callback('completed', 3, 187)]).ended?.durationSeconds, 187, 'nothing else need have come')
  t.end()
})

void t.test('any order of reports, with any lost or repeated but the last, ends as the ordered one', (t) => {
  const someReports = fc.uniqueArray(
    fc.record({
      status: fc.constantFrom(...callStatuses),
      sequence: fc.option(fc.nat({ max: 8 })),
      seconds: fc.nat({ max: 300 })
    }),
    { minLength: 1, maxLength: 8, selector: ({ status, sequence }) => `${status} ${sequence}` }
  )
  fc.assert(
    fc.property(
      someReports.chain((reports) =>
        fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length }))
      ),
      ([reports, shuffled]) => {
        const of = (list: typeof reports) =>
          after(list.map(({ status, sequence, seconds }) => callback(status, sequence, seconds)))
        t.strictSame(of(shuffled).report, of(reports).report)
        t.strictSame(of(shuffled).ended, of(reports).ended)
        t.strictSame(of([...shuffled, ...reports]).ended, of(reports).ended)
      }
    ),
    { numRuns: 500 }
  )
  fc.assert(
    fc.property(fc.shuffledSubarray(ordered.slice(0, -1)), fc.nat(), (some, place) => {
      const lossy = [...some]
      lossy.splice(place % (lossy.length + 1), 0, callback('completed', 3, 187))
      t.strictSame(after(lossy).ended, after(ordered).ended)
    })
  )
  t.end()
})
