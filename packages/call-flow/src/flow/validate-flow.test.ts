import { Value } from '@sinclair/typebox/value'
import { FlowDocument, type FlowIssue, type FlowStep } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { reception } from '../fixtures/reception.ts'
import { someFlow } from '../fixtures/some-flow.ts'
import { edgesOf } from './edges.ts'
import { validateFlow } from './validate-flow.ts'

type Change = (step: FlowStep) => FlowStep

function changed(id: string, change: Record<string, unknown>): FlowDocument {
  const apply: Change = (step) => (step.id === id ? { ...step, ...change } : step)
  return { ...reception, steps: reception.steps.map(apply) }
}

function found(flow: FlowDocument): string[] {
  return validateFlow(flow).map(({ code, path }) => `${code} ${path}`)
}

void t.test('a flow without loose ends has no issues', (t) => {
  t.ok(Value.Check(FlowDocument, reception))
  t.strictSame(validateFlow(reception), [])
  t.end()
})

void t.test('each mistake is named with its place', (t) => {
  const hello = { say: 'Hello' }
  const cases: readonly [string, FlowDocument, readonly string[]][] = [
    ['no start', { ...reception, start: null }, ['START_MISSING /start']],
    ['a start that is no step', { ...reception, start: 'nowhere' }, ['START_MISSING /start']],
    ['a dead end', changed('voicemail', { next: null }), ['DEAD_END /steps/6/next']],
    ['a way to nowhere', changed('sales', { otherwise: 'nobody' }), ['STEP_UNKNOWN /steps/3/otherwise']],
    [
      'a step that nothing leads to',
      { ...reception, steps: [...reception.steps, { id: 'lost', kind: 'hangup' }] },
      ['STEP_UNREACHABLE /steps/8']
    ],
    [
      'two steps of one name',
      { ...reception, steps: [...reception.steps, { id: 'bye', kind: 'hangup' }] },
      ['STEP_ID_TWICE /steps/8/id']
    ],
    ['a loop that nobody asks for', changed('voicemail', { next: 'menu' }), ['LOOP_WITHOUT_INPUT /steps/2']],
    ['nothing to be heard', changed('menu', { prompt: { say: ' ' } }), ['PROMPT_MISSING /steps/2/prompt/say']],
    [
      'a recording without https',
      changed('bye', { prompt: { play: 'http://x.example/a.mp3' } }),
      ['AUDIO_URL_INVALID /steps/7/prompt/play']
    ],
    [
      'a variable that nothing is called',
      changed('bye', { prompt: { say: '{{lead.shoeSize|large}}' } }),
      ['PROMPT_VARIABLE_UNKNOWN /steps/7/prompt/say']
    ],
    [
      'a variable that only every object has',
      changed('bye', { prompt: { say: '{{constructor|large}}' } }),
      ['PROMPT_VARIABLE_UNKNOWN /steps/7/prompt/say']
    ],
    [
      'a variable that may be unknown',
      changed('bye', { prompt: { say: 'Bye {{lead.firstName}}' } }),
      ['PROMPT_VARIABLE_WITHOUT_DEFAULT /steps/7/prompt/say']
    ],
    [
      'a number that is none',
      changed('sales', { numbers: ['+14155550123', '555-0123'] }),
      ['NUMBER_INVALID /steps/3/numbers/1']
    ],
    ['nobody to dial', changed('sales', { numbers: [] }), ['NUMBERS_MISSING /steps/3/numbers']],
    ['a fallback that is no number', { ...reception, fallbackNumber: '911' }, ['NUMBER_INVALID /fallbackNumber']],
    [
      'a choice twice',
      changed('menu', {
        choices: [
          { digit: '1', next: 'sales' },
          { digit: '1', next: 'account' }
        ]
      }),
      ['CHOICE_TWICE /steps/2/choices/1']
    ],
    ['more digits than fit', changed('account', { minDigits: 9 }), ['DIGITS_IMPOSSIBLE /steps/4/minDigits']],
    [
      'hours that cannot be',
      changed('hours', {
        schedule: {
          timeZone: 'Mars/Olympus',
          open: [{ day: 1, from: '18:00', to: '02:00' }],
          holidays: [{ date: '2026-02-30', name: 'never' }]
        }
      }),
      [
        'TIME_ZONE_UNKNOWN /steps/0/schedule/timeZone',
        'HOURS_IMPOSSIBLE /steps/0/schedule/open/0',
        'DATE_IMPOSSIBLE /steps/0/schedule/holidays/0/date'
      ]
    ],
    [
      'a condition on nothing',
      changed('greeting', {
        kind: 'condition',
        prompt: undefined,
        next: undefined,
        cases: [
          { variable: 'lead.mood', test: 'is', value: 'good', next: 'menu' },
          { variable: 'toString', test: 'is', value: 'good', next: 'menu' }
        ],
        otherwise: 'menu'
      }),
      ['VARIABLE_UNKNOWN /steps/1/cases/0/variable', 'VARIABLE_UNKNOWN /steps/1/cases/1/variable']
    ],
    [
      'a message to nobody, of nothing that is known',
      changed('greeting', { kind: 'sms', to: '555', text: 'Hi {{lead.mood|you}}', prompt: undefined }),
      ['PROMPT_VARIABLE_UNKNOWN /steps/1/text', 'NUMBER_INVALID /steps/1/to']
    ],
    [
      'an empty message',
      changed('greeting', { kind: 'sms', to: 'caller', text: ' ', prompt: undefined }),
      ['PROMPT_MISSING /steps/1/text']
    ],
    [
      'a webhook that cannot be called, and its answer by a wrong name',
      changed('greeting', {
        kind: 'webhook',
        url: 'http://hooks.example.com',
        timeoutSeconds: 2,
        variable: 'order',
        otherwise: 'menu',
        prompt: undefined
      }),
      ['WEBHOOK_URL_INVALID /steps/1/url']
    ]
  ]
  for (const [what, flow, issues] of cases) t.strictSame(found(flow), issues, what)
  const menuOnly: FlowDocument = {
    ...reception,
    start: 'menu',
    steps: [
      { id: 'menu', kind: 'menu', prompt: hello, timeoutSeconds: 5, retries: 0, choices: [], otherwise: 'bye' },
      { id: 'bye', kind: 'hangup' }
    ]
  }
  t.strictSame(found(menuOnly), ['CHOICES_MISSING /steps/0/choices'])
  t.end()
})

void t.test('generated flows are valid, and a way that is cut is found', (t) => {
  fc.assert(
    fc.property(someFlow, fc.nat(), (flow, pick) => {
      t.strictSame(validateFlow(flow), [])
      const ways = flow.steps.flatMap((step, index) =>
        edgesOf(step)
          .filter(({ optional }) => !optional)
          .map(({ path }) => `/steps/${index}/${path}`)
      )
      const way = ways[pick % Math.max(1, ways.length)]
      if (way === undefined) return
      const cut = structuredClone(flow)
      setAt(cut, way, null)
      const codes = validateFlow(cut)
        .filter(({ path }) => path === way)
        .map(({ code }: FlowIssue) => code)
      t.strictSame(codes, ['DEAD_END'])
    }),
    { numRuns: 100 }
  )
  t.end()
})

void t.test('a loop is found exactly where a call can go round by itself', (t) => {
  fc.assert(
    fc.property(someFlow, fc.nat(), fc.nat(), (flow, pickFrom, pickTo) => {
      const from = flow.steps[pickFrom % flow.steps.length]
      const to = flow.steps[pickTo % flow.steps.length]
      if (from === undefined || to === undefined || !('otherwise' in from)) return
      const bent = structuredClone(flow)
      setAt(bent, `/steps/${flow.steps.indexOf(from)}/otherwise`, to.id)
      const loops = validateFlow(bent).some(({ code }) => code === 'LOOP_WITHOUT_INPUT')
      t.equal(loops, goesRound(bent), JSON.stringify(bent.steps.map((step) => [step.id, edgesOf(step)])))
    }),
    { numRuns: 100 }
  )
  t.end()
})

/** By brute force: from some step, following only what needs no caller, one comes back to it. */
function goesRound(flow: FlowDocument): boolean {
  const ways = new Map(
    flow.steps.map((step) => [
      step.id,
      edgesOf(step).flatMap(({ to, onInput }) => (onInput || to === null ? [] : [to]))
    ])
  )
  return flow.steps.some(({ id }) => {
    let front = new Set(ways.get(id))
    for (let length = 0; length <= flow.steps.length; length += 1) {
      if (front.has(id)) return true
      front = new Set([...front].flatMap((one) => ways.get(one) ?? []))
    }
    return false
  })
}

function setAt(document: unknown, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1)
  const last = keys.pop() ?? ''
  const parent = keys.reduce((at, key) => (at as Record<string, unknown>)[key], document)
  ;(parent as Record<string, unknown>)[last] = value
}
