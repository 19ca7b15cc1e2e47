import { isEnd } from '@leadlog/call-flow'
import {
  CallEnded,
  CallPlaced,
  CallStatusReported,
  type CallStatus,
  type RecordedEvent,
  type SmsStatus
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { callOf, type Call } from '../call/call.ts'
import { reportStatus, type StatusCallback } from '../call/report-status.ts'
import { reportSms } from '../sms/decide-message.ts'
import { messageOf, type Message } from '../sms/message.ts'
import { goneNews, messageNews, statusNews } from './news.ts'

const started = Date.UTC(2026, 10, 18, 16, 0, 0)

function callback(status: CallStatus, sequence: number | null): StatusCallback {
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
    durationSeconds: isEnd(status) ? (status === 'completed' ? 187 : 0) : null,
    reportedAt: new Date(started + (sequence ?? 4) * 1_000).toISOString()
  }
}

const lives: readonly CallStatus[][] = [
  ['initiated', 'ringing', 'in-progress', 'completed'],
  ['initiated', 'ringing', 'busy'],
  ['initiated', 'ringing', 'no-answer'],
  ['initiated', 'failed'],
  ['initiated', 'ringing', 'canceled']
]

/** What befalls a call: a callback comes, or Twilio is asked, which knows it as far as it is by then. */
type Act = { readonly told: number } | { readonly asked: number }

function after(life: readonly CallStatus[], acts: readonly Act[]): Call {
  const events: RecordedEvent[] = []
  for (const act of acts) {
    const call = callOf(events)
    const decided =
      'told' in act
        ? reportStatus.decide(callback(life[act.told] ?? 'queued', act.told), call)
        : statusNews(call, callback(life[act.asked] ?? 'queued', null))
    if ('refused' in decided) throw new TypeError('a report is never refused')
    events.push(...decided.map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent))
  }
  return callOf(events)
}

function stateOf({ report, ended }: Call): unknown {
  return {
    status: report?.status,
    durationSeconds: report?.durationSeconds,
    ended: ended?.status,
    seconds: ended?.durationSeconds
  }
}

void t.test(
  'callbacks in any order, lost and repeated, with questions between: a call ends as in the right order',
  (t) => {
    const someLife = fc.constantFrom(...lives)
    const some = someLife.chain((life) => {
      const at = fc.nat({ max: life.length - 1 })
      const act: fc.Arbitrary<Act> = fc.oneof(
        at.map((told) => ({ told })),
        at.map((asked) => ({ asked }))
      )
      return fc.tuple(fc.constant(life), fc.array(act, { maxLength: 12 }), fc.nat(), fc.boolean())
    })
    fc.assert(
      fc.property(some, ([life, acts, place, byAsking]) => {
        const last = life.length - 1
        const ordered = life.map((_, told) => ({ told }))
        const all = [...acts]
        // Sooner or later its end is heard of: by a callback, or because Twilio is asked until it is.
        all.splice(place % (all.length + 1), 0, byAsking ? { asked: last } : { told: last })
        t.strictSame(stateOf(after(life, all)), stateOf(after(life, ordered)))
      }),
      { numRuns: 1_000 }
    )
    t.end()
  }
)

void t.test('asking again for what is known takes down nothing', (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...lives), fc.nat({ max: 3 }), (life, at) => {
      const told = Math.min(at, life.length - 1)
      const known = after(life, [{ told }])
      for (let asked = 0; asked <= told; asked += 1) {
        t.strictSame(statusNews(known, callback(life[asked] ?? 'queued', null)), [])
      }
    })
  )
  t.end()
})

void t.test('a call that Twilio does not have failed, as of when it was last heard of, once', (t) => {
  const placed = {
    callId: 'c1',
    personId: 'p1',
    leadId: 'l1',
    callSid: 'CA1',
    from: '+16465550100',
    to: '+14155550142'
  }
  const time = new Date(started).toISOString()
  const history = [{ type: CallPlaced.type, data: placed, time } as unknown as RecordedEvent]
  const after = (known: readonly RecordedEvent[]) =>
    goneNews(known, 'c1', 'CA1').map(({ definition, data }) => ({ type: definition.type, data, time }) as RecordedEvent)
  const ended = after(history)
  t.match(ended, [
    {
      type: CallStatusReported.type,
      data: { status: 'failed', direction: 'outbound', number: '+14155550142', reportedAt: time }
    },
    { type: CallEnded.type, data: { status: 'failed', leadId: 'l1', endedAt: time, reason: 'unknown-at-twilio' } }
  ])
  t.strictSame(after([...history, ...ended]), [], 'what is over is over')
  t.strictSame(after([]), [], 'of what nothing is known there is nothing to say')
  const told = reportStatus.decide(callback('completed', 4), callOf([...history, ...ended]))
  t.match(
    told,
    [{}, { data: { status: 'completed', durationSeconds: 187 } }],
    'a callback that comes after all is heeded'
  )
  t.end()
})

const requested = {
  messageId: 'm1',
  threadId: 't1',
  callerId: 'k1',
  personId: 'p1',
  leadId: null
} as unknown as NonNullable<Message['requested']>

void t.test('a message ends as in the right order too', (t) => {
  const messageLives: readonly SmsStatus[][] = [
    ['queued', 'sent', 'delivered'],
    ['queued', 'sent', 'undelivered'],
    ['queued', 'failed']
  ]
  const report = (status: SmsStatus, at: number) => ({
    messageSid: 'SM1',
    status,
    errorCode: status === 'undelivered' || status === 'failed' ? '30003' : null,
    reportedAt: new Date(started + at * 1_000).toISOString()
  })
  const take = (life: readonly SmsStatus[], acts: readonly Act[]) => {
    const events: RecordedEvent[] = []
    for (const act of acts) {
      const message = { ...messageOf(events), requested }
      const at = 'told' in act ? act.told : act.asked
      const told = report(life[at] ?? 'queued', at)
      if ('asked' in act && !messageNews(message, told)) continue
      events.push(
        ...reportSms(message, told).map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent)
      )
    }
    const { report: stands } = messageOf(events)
    return { status: stands?.status, errorCode: stands?.errorCode }
  }
  fc.assert(
    fc.property(
      fc.constantFrom(...messageLives),
      fc.array(fc.tuple(fc.nat({ max: 2 }), fc.boolean()), { maxLength: 10 }),
      fc.nat(),
      (life, some, place) => {
        const last = life.length - 1
        const acts = some.map(([at, told]): Act =>
          told ? { told: Math.min(at, last) } : { asked: Math.min(at, last) }
        )
        acts.splice(place % (acts.length + 1), 0, { asked: last })
        const ordered = life.map((_, told): Act => ({ told }))
        t.strictSame(take(life, acts), take(life, ordered))
      }
    ),
    { numRuns: 500 }
  )
  t.end()
})
