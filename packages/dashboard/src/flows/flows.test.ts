import { validateFlow } from '@leadlog/call-flow'
import { reception } from '@leadlog/call-flow/fixtures/reception'
import { someFlow } from '@leadlog/call-flow/fixtures/some-flow'
import type { FlowDocument } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { comparisonWords, compareFlows, isSame, pathWords } from './compare-flows.ts'
import {
  addStep,
  changeStep,
  connect,
  duplicateStep,
  freeId,
  moveSteps,
  removeStep,
  renameStep,
  stepOf,
  withValue
} from './edit-flow.ts'
import { flowFile, limitsOf, readFlowFile, schemaIssues } from './flow-schema.ts'
import { boxHeight, BOX_WIDTH, layoutOf, placeBeside } from './flow-layout.ts'
import { changed, historyOf, redone, undone } from './history.ts'
import { keepDraft, keptDraft, standOf } from './kept-draft.ts'
import { newStep, stepKinds, wayWords } from './step-kinds.ts'
import { flowTemplates } from './templates.ts'
import { beginTrial, goOn, inputsAt, pathOf, turnBack, waitingStep, waysTaken } from './trial.ts'

const empty: FlowDocument = { start: null, language: 'en-US', fallbackNumber: null, steps: [] }

void t.test('a flow that is built step by step can be saved at every moment, and published in the end', (t) => {
  let flow = empty
  for (const kind of stepKinds) {
    flow = addStep(flow, kind, { x: 0.4, y: 10 }).flow
    t.strictSame(schemaIssues(flow), [], kind)
  }
  t.equal(flow.start, stepKinds[0], 'the first step is where calls begin')
  let small = addStep(empty, 'say', null).flow
  t.strictSame(
    validateFlow(small).map(({ code }) => code),
    ['DEAD_END', 'PROMPT_MISSING']
  )
  small = addStep(small, 'hangup', null).flow
  small = connect(small, 'say', 'next', 'hangup')
  small = changeStep(small, 'say', (step) => withValue(step, 'prompt/say', 'Hello'))
  t.strictSame(validateFlow(small), [])
  t.end()
})

void t.test('what led to a step follows its name, and leads nowhere once it is gone', (t) => {
  const renamed = renameStep(reception, 'voicemail', 'message')
  t.strictSame(validateFlow(renamed), [])
  t.strictSame(renameStep(renamed, 'message', 'voicemail'), reception)
  t.equal(renameStep(reception, 'voicemail', 'menu'), reception, 'an id that is taken')
  t.equal(renameStep(reception, 'hours', 'opening').start, 'opening')
  const without = removeStep(reception, 'voicemail')
  t.ok(validateFlow(without).every(({ code }) => code === 'DEAD_END'))
  t.equal(removeStep(reception, 'hours').start, null)
  const copy = duplicateStep(reception, 'sales', null)
  t.equal(copy?.id, 'sales-2')
  t.same({ ...stepOf(copy?.flow ?? empty, 'sales-2'), id: 'sales' }, stepOf(reception, 'sales'))
  t.equal(freeId(reception, '9 Lives!'), 'lives')
  t.equal(freeId(empty, '***'), 'step')
  t.end()
})

void t.test('any editing of any flow leaves a document that the schema takes', (t) => {
  fc.assert(
    fc.property(someFlow, fc.nat(), fc.nat(), fc.nat(), (flow, act, pick, other) => {
      const id = flow.steps[pick % flow.steps.length]?.id ?? ''
      const to = flow.steps[other % flow.steps.length]?.id ?? ''
      const edits = [
        () => removeStep(flow, id),
        () => duplicateStep(flow, id, { x: 1, y: 2 })?.flow ?? flow,
        () => renameStep(flow, id, freeId(flow, to)),
        () => moveSteps(flow, new Map([[id, { x: -3.7, y: 1e4 }]])),
        () => addStep(flow, stepKinds[other % stepKinds.length] ?? 'say', null).flow
      ]
      const edited = edits[act % edits.length]?.() ?? flow
      t.strictSame(schemaIssues(edited), [])
      t.equal(new Set(edited.steps.map((step) => step.id)).size, edited.steps.length)
    }),
    { numRuns: 60 }
  )
  t.end()
})

void t.test('changes are taken back and done again; letters of one field go together', (t) => {
  let history = historyOf('')
  for (const text of ['H', 'He', 'Hello']) history = changed(history, text, 'say/prompt')
  history = changed(history, 'Hello!', 'menu/prompt')
  t.equal(undone(history).now, 'Hello')
  t.equal(undone(undone(history)).now, '')
  t.equal(undone(undone(undone(history))).now, '', 'nothing before it')
  t.equal(redone(undone(history)).now, 'Hello!')
  t.equal(redone(changed(undone(history), 'Ciao')).now, 'Ciao', 'another change, and what was taken back is gone')
  t.end()
})

void t.test('the schema says what a field may be, and what cannot be saved is said in words', (t) => {
  t.match(limitsOf('menu', 'timeoutSeconds'), { minimum: 1, maximum: 60 })
  t.match(limitsOf('say', 'prompt/say'), { maxLength: 3000 })
  t.match(limitsOf('menu', 'choices/0/words/0'), { maxLength: 60 })
  t.strictSame(limitsOf('say', 'nothing'), {})
  const wrong = changeStep(reception, 'menu', (step) => withValue(step, 'timeoutSeconds', 99))
  t.match(schemaIssues(wrong), [{ step: 'menu', path: '/steps/2/timeoutSeconds', message: /from 1 to 60/ }])
  t.match(schemaIssues({ ...reception, language: 'english' }), [{ step: null, path: '/language', message: /en-US/ }])
  t.end()
})

void t.test('a flow goes into a file and comes back; what is none says why', (t) => {
  t.strictSame(readFlowFile(flowFile('Reception', reception)), { name: 'Reception', document: reception })
  t.strictSame(readFlowFile(JSON.stringify(reception)), { name: null, document: reception })
  t.throws(() => readFlowFile('{'), /no JSON/)
  t.throws(() => readFlowFile('[]'), /no list of steps/)
  t.throws(() => readFlowFile(JSON.stringify({ ...reception, language: 1 })), /language/)
  t.end()
})

void t.test('boxes stand beside each other, and the same flow looks the same', (t) => {
  const places = layoutOf(reception)
  t.strictSame(places, layoutOf(structuredClone(reception)))
  const all = [...places.values()]
  const overlap = all.some((one, index) =>
    all.slice(index + 1).some(({ x, y }) => Math.abs(one.x - x) < BOX_WIDTH && Math.abs(one.y - y) < boxHeight(0))
  )
  t.equal(overlap, false)
  const free = placeBeside(places, 'menu')
  t.ok((places.get('menu')?.x ?? 0) < free.x, 'to the right')
  t.strictSame(placeBeside(new Map(), null), { x: 0, y: 0 })
  t.end()
})

void t.test('what differs is told step by step and field by field; where boxes stand is not', (t) => {
  t.ok(isSame(compareFlows(reception, moveSteps(reception, layoutOf(reception)))))
  const after = changeStep(removeStep(addStep(reception, 'sms', null).flow, 'account'), 'menu', (step) =>
    withValue(step, 'choices/0/digit', '3')
  )
  const found = compareFlows(reception, after)
  t.match(found.steps, [
    {
      id: 'menu',
      kind: 'changed',
      fields: [
        { path: '/choices/0/digit', before: '1', after: '3' },
        { path: '/choices/1/next', before: 'account', after: null }
      ]
    },
    { id: 'sms', kind: 'added' },
    { id: 'account', kind: 'removed' }
  ])
  t.equal(comparisonWords(found), '1 step added, 1 step changed, 1 step removed')
  t.equal(comparisonWords(compareFlows(reception, reception)), 'Nothing that a caller would notice')
  t.equal(pathWords('/choices/1/next'), 'Choice 2, next')
  t.end()
})

void t.test('a flow is tried turn by turn, and a turn is taken back', (t) => {
  const setting = { variables: { 'lead.firstName': 'Marco' }, at: new Date('2026-11-16T15:30:00Z') }
  let trial = beginTrial(reception, setting)
  t.equal(waitingStep(reception, trial)?.id, 'menu')
  t.match(trial[0]?.taken.verbs, [{ verb: 'say', text: /Hello Marco/ }, { verb: 'gather' }])
  trial = goOn(reception, setting, trial, { kind: 'digits', digits: '1' })
  t.equal(waitingStep(reception, trial)?.id, 'sales')
  t.strictSame([...waysTaken(reception, trial)], ['hours greeting', 'greeting menu', 'menu sales'])
  t.equal(waitingStep(reception, turnBack(trial))?.id, 'menu')
  const [answered] = inputsAt(stepOf(reception, 'sales') ?? newStep('say', 'x'))
  trial = goOn(reception, setting, trial, answered?.input ?? { kind: 'nothing' })
  t.equal(waitingStep(reception, trial), undefined)
  t.equal(pathOf(trial).at(-1)?.step, 'bye')
  t.equal(turnBack(turnBack(turnBack(turnBack(trial)))).length, 1)
  t.end()
})

void t.test('each way out of each kind of step has a word', (t) => {
  const [, , menu] = reception.steps
  if (menu === undefined) throw new TypeError('reception has a menu')
  t.equal(wayWords(menu, 'choices/1/next'), 'Press 2')
  t.equal(wayWords(menu, 'otherwise'), 'Nothing, or none of these')
  t.equal(wayWords(newStep('condition', 'c'), 'cases/0/next'), 'lead.status is demo-booked')
  t.equal(wayWords(newStep('hours', 'h'), 'holiday'), 'Holiday')
  t.end()
})

void t.test('templates want nothing but the numbers of who uses them', (t) => {
  for (const { id, document } of flowTemplates('Europe/Rome')) {
    t.strictSame(schemaIssues(document), [], id)
    const codes = new Set(validateFlow(document).map(({ code }) => code))
    codes.delete('NUMBERS_MISSING')
    t.strictSame([...codes], id === 'empty' ? ['START_MISSING'] : [], id)
  }
  t.end()
})

void t.test('what was not saved survives a reload, and is not put over what another wrote', (t) => {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key)
  }
  t.equal(keptDraft(store, 'reception'), null)
  keepDraft(store, 'reception', { basedOn: 2, name: 'Reception', document: empty })
  const draft = keptDraft(store, 'reception')
  t.equal(standOf(draft, { number: 2, document: reception }), 'goes-on')
  t.equal(standOf(draft, { number: 3, document: reception }), 'another-wrote')
  t.equal(standOf(draft, { number: 3, document: empty }), 'nothing-kept')
  kept.set('leadlog.flow.reception', '{"basedOn":1}')
  t.equal(keptDraft(store, 'reception'), null, 'what is no draft is none')
  t.end()
})
