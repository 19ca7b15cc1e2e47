import type { CallInput, FlowDocument, RecordedEvent } from '@leadlog/contracts'
import { twimlProblems } from '@leadlog/simulators'
import fc from 'fast-check'
import t from 'tap'
import { callOf, unknownCall, type Call } from '../call/call.ts'
import { replayTurn, takeTurn, type TurnSetting } from '../call/take-turn.ts'
import { anyCharacter } from '@leadlog/testing/any-character'
import { reception } from '@leadlog/call-flow/fixtures/reception'
import { someFlow } from '@leadlog/call-flow/fixtures/some-flow'
import { advance, beginning, MOST_REQUESTS, MOST_STEPS, openingAt, waitInQueue, type Advance } from '@leadlog/call-flow'
import { toTwiml } from './twiml.ts'

const addresses = {
  next: 'https://leadlog.example.com/twilio/voice/continue?turn=2',
  waiting: 'https://leadlog.example.com/twilio/voice/continue?turn=2&waiting=1',
  recording: 'https://leadlog.example.com/webhooks/twilio/recording',
  conference: 'https://leadlog.example.com/webhooks/twilio/conference'
}
/** A Monday, half past ten in New York. */
const OPEN = new Date('2026-11-16T15:30:00Z')
const CLOSED = new Date('2026-11-16T23:30:00Z')

const started: CallInput = { kind: 'started' }
const press = (digits: string): CallInput => ({ kind: 'digits', digits })
const say = (text: string): CallInput => ({ kind: 'speech', text, confidence: 0.9 })
const nothing: CallInput = { kind: 'nothing' }

/** Takes a call through the inputs; what it went through, and the last answer. */
function play(flow: FlowDocument, inputs: readonly CallInput[], at = OPEN, variables: Record<string, string> = {}) {
  let position = beginning
  const steps: string[] = []
  let last: Advance | undefined
  for (const input of [started, ...inputs]) {
    last = advance(flow, { position, variables }, input, at, null)
    position = last.position
    steps.push(...last.steps.map(({ step, outcome }) => `${step}: ${outcome}`))
  }
  return { steps, position, outcome: last?.outcome, twiml: toTwiml(last?.verbs ?? [], addresses) }
}

void t.test('a caller goes through the flow', (t) => {
  const greeted = play(reception, [], OPEN, { 'lead.firstName': 'Marco', 'lead.demoDay': 'Thursday, November 19' })
  t.match(greeted.twiml, 'Hello Marco, about your demo on Thursday, November 19:')
  t.match(greeted.twiml, /<Gather input="dtmf speech"/)
  t.match(play(reception, []).twiml, 'Hello there, about your demo on a day of your choice:')
  t.strictSame(play(reception, [press('1'), { kind: 'dialed', status: 'completed' }]).steps, [
    'hours: open',
    'greeting: said',
    'menu: chose 1',
    'sales: completed',
    'bye: ended'
  ])
  t.strictSame(
    play(reception, [say('I would like to BUY, please'), { kind: 'dialed', status: 'no-answer' }]).steps.slice(2),
    ['menu: chose 1', 'sales: no-answer']
  )
  t.equal(play(reception, [say('buyer')]).position.step, 'menu', 'a part of a word is not the word')
  const account = play(reception, [press('2'), press('123'), press('12345')])
  t.equal(account.position.step, 'support')
  t.strictSame(account.position.answers, { account: '12345' })
  t.equal(
    play(reception, [press('2'), say('x'.repeat(9_000))]).position.answers['account']?.length,
    500,
    'over-long speech'
  )
  t.end()
})

void t.test('out of hours, on a holiday, and by the clock of the time zone', (t) => {
  t.strictSame(play(reception, [{ kind: 'recorded', seconds: 7, url: 'https://x' }], CLOSED).steps, [
    'hours: closed',
    'voicemail: recorded',
    'bye: ended'
  ])
  const [hours] = reception.steps
  if (hours?.kind !== 'hours') throw new TypeError('the first step has the hours')
  const opening = (at: string) => openingAt(hours.schedule, new Date(at))
  t.equal(opening('2026-11-26T15:30:00Z'), 'holiday')
  t.equal(opening('2026-11-16T13:59:59Z'), 'closed')
  t.equal(opening('2026-11-16T14:00:00Z'), 'open', 'nine in winter')
  t.equal(opening('2026-07-13T13:00:00Z'), 'open', 'nine in summer')
  t.equal(opening('2026-11-16T22:30:00Z'), 'closed', 'the end is not open any more')
  t.equal(opening('2026-11-15T15:30:00Z'), 'closed', 'a Sunday')
  t.end()
})

void t.test('wrong and missing input is asked for again, then the call goes the other way', (t) => {
  const again = play(reception, [press('7')])
  t.equal(again.position.step, 'menu')
  t.match(again.twiml, 'That was neither 1 nor 2.')
  t.strictSame(play(reception, [press('7'), nothing, nothing, nothing]).steps.slice(2), [
    'menu: wrong input',
    'menu: no input',
    'menu: no input',
    'voicemail: silent',
    'bye: ended'
  ])
  t.end()
})

void t.test('a hang-up at a step is the last that happens', (t) => {
  const gone = play(reception, [press('1'), { kind: 'hung-up', result: 'completed' }])
  t.equal(gone.outcome, 'ended')
  t.strictSame(gone.steps.at(-1), 'sales: completed')
  t.equal(gone.position.step, null)
  t.strictSame(play(reception, [press('1'), { kind: 'hung-up', result: 'completed' }, press('1')]).steps, gone.steps)
  t.end()
})

void t.test('after an interruption a question is asked again; what nobody can know goes to a person', (t) => {
  const lost: CallInput = { kind: 'interrupted' }
  const again = play(reception, [press('7'), lost])
  t.equal(again.twiml, play(reception, [press('7')]).twiml, 'the same question in the same words')
  t.strictSame(again.position.asked, 2, 'it does not count as one more try')
  const talked = play(reception, [press('1'), lost])
  t.equal(talked.outcome, 'fell-back')
  t.match(talked.twiml, '<Number>+14155550199</Number>')
  const left = play(reception, [nothing, nothing, nothing, lost])
  t.strictSame(left.steps.slice(-2), ['voicemail: interrupted', 'bye: ended'])
  t.end()
})

void t.test('a step that cannot go on leads to the fallback number', (t) => {
  const broken = { ...reception, steps: reception.steps.filter(({ id }) => id !== 'sales') }
  const fell = advance(
    broken,
    { position: { ...beginning, step: 'menu', asked: 1 }, variables: {} },
    press('1'),
    OPEN,
    null
  )
  t.equal(fell.outcome, 'fell-back')
  t.equal(fell.reason, 'STEP_UNKNOWN')
  t.match(toTwiml(fell.verbs, addresses), '<Number>+14155550199</Number>')
  const alone = advance(
    { ...broken, fallbackNumber: null },
    { position: { ...beginning, step: 'menu', asked: 1 }, variables: {} },
    press('1'),
    OPEN,
    null
  )
  t.match(toTwiml(alone.verbs, addresses), 'Please call again later')
  t.end()
})

const someAddress = fc
  .string({ unit: anyCharacter, maxLength: 40 })
  .map((name) => `https://api.twilio.com/${encodeURIComponent(name)}`)

const someInput: fc.Arbitrary<CallInput> = fc.oneof(
  fc.string({ maxLength: 40, unit: fc.constantFrom('0', '1', '2', '9', '*', '#') }).map(press),
  fc.record({
    kind: fc.constant('speech' as const),
    text: fc.string({ maxLength: 2_000, unit: anyCharacter }),
    confidence: fc.constantFrom(null, 0, 0.5)
  }),
  fc.constant(nothing),
  fc
    .constantFrom('completed', 'busy', 'no-answer', 'failed', 'canceled')
    .map((status): CallInput => ({ kind: 'dialed', status })),
  fc.record({ kind: fc.constant('recorded' as const), seconds: fc.nat(), url: someAddress }),
  fc
    .constantFrom('bridged', 'leave', 'queue-full', 'error')
    .map((result): CallInput => ({ kind: 'left-queue', result })),
  fc.constant<CallInput>({ kind: 'interrupted' }),
  fc.record({
    kind: fc.constant('webhook' as const),
    state: fc.constantFrom('waiting' as const, 'answered' as const, 'failed' as const),
    fields: fc.dictionary(fc.string({ maxLength: 8, unit: anyCharacter }), fc.string({ unit: anyCharacter }))
  }),
  fc.constant<CallInput>({ kind: 'hung-up', result: 'completed' })
)

const someTime = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }).map((time) => new Date(time))
const someVariables = fc.dictionary(
  fc.constantFrom('lead.firstName', 'lead.demoDay', 'lead.status', 'caller.number'),
  fc.string({ maxLength: 80, unit: anyCharacter })
)

void t.test('any input to any valid flow gives TwiML that Twilio would run', (t) => {
  fc.assert(
    fc.property(
      someFlow,
      fc.array(someInput, { maxLength: 12 }),
      someVariables,
      someTime,
      (flow, inputs, variables, at) => {
        let position = beginning
        for (const input of [started, ...inputs]) {
          const taken = advance(flow, { position, variables }, input, at, '+14155550100')
          t.strictSame(twimlProblems(toTwiml(taken.verbs, addresses)), [])
          const waiting = flow.steps.find(({ id }) => id === taken.position.step)
          const music = toTwiml(waitInQueue(flow, waiting, variables, 5), addresses)
          t.strictSame(twimlProblems(music, { waiting: true }), [])
          if (input.kind !== 'interrupted') t.not(taken.outcome, 'fell-back')
          position = taken.position
        }
      }
    ),
    { numRuns: 120 }
  )
  t.end()
})

void t.test(
  'any valid flow ends: at once where nobody does anything, after bounded steps whatever somebody does',
  (t) => {
    fc.assert(
      fc.property(someFlow, fc.infiniteStream(someInput), someTime, fc.boolean(), (flow, inputs, at, silent) => {
        let taken = advance(flow, { position: beginning, variables: {} }, started, at, null)
        let requests = 1
        // Each step asks six times at the most, and none is come to twice while nobody does anything.
        const most = silent ? flow.steps.length * 6 + 1 : MOST_STEPS + 1
        while (taken.outcome === 'waiting') {
          t.ok(requests <= most, `${requests} requests`)
          if (requests > most) return
          const input = silent ? nothing : (inputs.next().value ?? nothing)
          taken = advance(flow, { position: taken.position, variables: {} }, input, at, null)
          requests += 1
        }
        t.equal(taken.position.step, null)
      }),
      { numRuns: 80 }
    )
    t.end()
  }
)

void t.test('a long speech is cut into answers that Twilio takes', (t) => {
  const long = { say: `${'& so on '.repeat(370)}` }
  const flow: FlowDocument = {
    start: 'say-0',
    language: 'en-US',
    fallbackNumber: null,
    steps: [
      ...Array.from({ length: 40 }, (_, index) => ({
        id: `say-${index}`,
        kind: 'say' as const,
        prompt: long,
        next: index === 39 ? 'bye' : `say-${index + 1}`
      })),
      { id: 'bye', kind: 'hangup', prompt: long }
    ]
  }
  let said = 0
  let taken = advance(flow, { position: beginning, variables: {} }, started, OPEN, null)
  for (;;) {
    const twiml = toTwiml(taken.verbs, addresses)
    t.strictSame(twimlProblems(twiml), [])
    said += twiml.match(/<Say/g)?.length ?? 0
    if (taken.outcome !== 'waiting') break
    taken = advance(flow, { position: taken.position, variables: {} }, nothing, OPEN, null)
  }
  t.equal(said, 41, 'and nothing is left out or said twice')
  t.equal(taken.outcome, 'ended')
  t.end()
})

/** A message and a webhook, and what the webhook answered is said. */
const asking: FlowDocument = {
  start: 'link',
  language: 'en-US',
  fallbackNumber: null,
  steps: [
    { id: 'link', kind: 'sms', to: 'caller', text: 'Your demo, {{lead.firstName|friend}}: https://x', next: 'order' },
    {
      id: 'order',
      kind: 'webhook',
      url: 'https://hooks.example.com/order',
      timeoutSeconds: 2,
      variable: 'order',
      next: 'told',
      otherwise: 'sorry'
    },
    { id: 'told', kind: 'hangup', prompt: { say: 'Your order is {{answers.order_state|on its way}}.' } },
    { id: 'sorry', kind: 'hangup' }
  ]
}

void t.test('a message and a webhook are asked for once, and the call never waits for them beyond its time', (t) => {
  const begin = advance(
    asking,
    { position: beginning, variables: { 'caller.number': '+14155550142' } },
    started,
    OPEN,
    null
  )
  t.strictSame(begin.requests, [
    { kind: 'sms', step: 'link', to: '+14155550142', text: 'Your demo, friend: https://x' },
    { kind: 'webhook', step: 'order', url: 'https://hooks.example.com/order', timeoutSeconds: 2 }
  ])
  t.match(toTwiml(begin.verbs, addresses), '<Pause length="1"/><Redirect')
  const look = (state: 'waiting' | 'answered' | 'failed', fields = {}): CallInput => ({
    kind: 'webhook',
    state,
    fields
  })
  const answered = advance(
    asking,
    { position: begin.position, variables: {} },
    look('answered', { state: 'packed', 'not a name': 'x' }),
    OPEN,
    null
  )
  t.strictSame(answered.position.answers, { order_state: 'packed' })
  t.match(toTwiml(answered.verbs, addresses), 'Your order is packed.')
  t.strictSame(answered.requests, [])
  t.strictSame(
    play(asking, [look('waiting'), look('failed')]).steps.map((step) => step.replace(/^link.*/, 'link')),
    ['link', 'order: failed', 'sorry: ended'],
    'that it waits is no step'
  )
  t.equal(play(asking, [look('waiting'), look('waiting')]).position.step, 'order')
  t.strictSame(play(asking, [look('waiting'), look('waiting'), look('waiting')]).steps.slice(-2), [
    'order: too late',
    'sorry: ended'
  ])
  t.strictSame(play(asking, [], OPEN).steps, ['link: not possible'], 'a caller who withholds the number gets none')
  t.end()
})

void t.test('a call that asks for messages for ever gets a bounded number of them', (t) => {
  const flow: FlowDocument = {
    ...asking,
    start: 'menu',
    steps: [
      {
        id: 'menu',
        kind: 'menu',
        prompt: { say: 'Press 1 for another message.' },
        timeoutSeconds: 5,
        retries: 0,
        choices: [{ digit: '1', next: 'link' }],
        otherwise: 'bye'
      },
      { id: 'link', kind: 'sms', to: '+14155550142', text: 'Hello', next: 'menu' },
      { id: 'bye', kind: 'hangup' }
    ]
  }
  let position = beginning
  let requests = 0
  for (const input of [started, ...Array.from({ length: 60 }, () => press('1'))]) {
    const taken = advance(flow, { position, variables: {} }, input, OPEN, null)
    requests += taken.requests.length
    position = taken.position
  }
  t.equal(requests, MOST_REQUESTS)
  t.end()
})

void t.test(
  'long menus in Chinese after long speeches stay below what Twilio takes, and every step is still asked',
  (t) => {
    const long = { say: '您好请按一&'.repeat(500) }
    const flow: FlowDocument = {
      start: 'say-0',
      language: 'zh-CN',
      fallbackNumber: null,
      steps: [
        ...Array.from({ length: 5 }, (_, index) => ({
          id: `say-${index}`,
          kind: 'say' as const,
          prompt: long,
          next: index === 4 ? 'menu' : `say-${index + 1}`
        })),
        {
          id: 'menu',
          kind: 'menu',
          prompt: long,
          timeoutSeconds: 5,
          retries: 1,
          choices: Array.from({ length: 10 }, (_, digit) => ({
            digit: String(digit),
            words: Array.from({ length: 20 }, (_word, index) => `${digit}${index}`.padEnd(60, '部')),
            next: 'dial'
          })),
          otherwise: 'bye'
        },
        {
          id: 'dial',
          kind: 'dial',
          prompt: long,
          numbers: ['+14155550142'],
          timeoutSeconds: 20,
          record: true,
          next: 'bye',
          otherwise: 'bye'
        },
        { id: 'bye', kind: 'hangup', prompt: long }
      ]
    }
    const seen: string[] = []
    let taken = advance(flow, { position: beginning, variables: {} }, started, OPEN, null)
    for (let requests = 0; requests < 20; requests += 1) {
      const twiml = toTwiml(taken.verbs, addresses)
      t.strictSame(twimlProblems(twiml), [])
      seen.push(...(twiml.match(/<(Say|Gather|Dial|Hangup)/g) ?? []))
      if (taken.outcome !== 'waiting') break
      const waits = flow.steps.find(({ id }) => id === taken.position.step)?.kind
      const asks = taken.position.asked > 0
      const input: CallInput = !asks ? nothing : waits === 'menu' ? press('7') : { kind: 'dialed', status: 'completed' }
      taken = advance(flow, { position: taken.position, variables: {} }, input, OPEN, null)
    }
    t.strictSame(
      seen,
      [...'x'.repeat(5)].map(() => '<Say').concat('<Gather', '<Say', '<Say', '<Dial', '<Say', '<Hangup')
    )
    t.end()
  }
)

const received: NonNullable<Call['received']> = {
  callId: 'c1',
  personId: 'p1',
  leadId: null,
  callSid: 'CA1',
  from: '+14155550142',
  to: '+16465550100',
  flow: { flowId: 'reception', version: 1 },
  variables: { 'lead.firstName': 'Marco' },
  receivedAt: OPEN.toISOString()
}

void t.test('a call that is replayed from its events was answered the same, at every turn', (t) => {
  fc.assert(
    fc.property(
      someFlow,
      fc.array(someInput, { maxLength: 10 }),
      fc.array(someTime, { minLength: 11, maxLength: 11 }),
      (flow, inputs, times) => {
        const setting: TurnSetting = { flow, fallbackNumber: '+14155550100' }
        const events: RecordedEvent[] = []
        const answers: string[] = []
        for (const [index, input] of [started, ...inputs].entries()) {
          const before: Call = { ...callOf(events), received }
          const request = { turn: index + 1, input, at: times[index] ?? OPEN }
          const direct = advance(
            flow,
            { position: before.turns.at(-1)?.position ?? beginning, variables: received.variables },
            input,
            request.at,
            '+14155550100'
          )
          answers.push(toTwiml(direct.verbs, addresses))
          for (const event of takeTurn(before, request, setting)) {
            const { definition, data } = event
            events.push({ type: definition.type, data: JSON.parse(JSON.stringify(data)) as unknown } as RecordedEvent)
          }
          const again = takeTurn({ ...callOf(events), received }, request, setting)
          t.strictSame(again, [], 'a request that is repeated records nothing')
        }
        const call: Call = { ...callOf(events), received }
        answers.forEach((answer, index) => {
          const replayed = replayTurn(call, index + 1, setting)
          t.equal(toTwiml(replayed?.verbs ?? [], addresses), answer)
        })
      }
    ),
    { numRuns: 80 }
  )
  t.equal(replayTurn({ ...unknownCall, received }, 1, { flow: reception, fallbackNumber: null }), null)
  t.end()
})
