import { FlagSwitched, type RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { createStory } from '../fixtures/story.ts'
import { flagDecider, type SwitchFlag } from './flag.ts'

const off: SwitchFlag = { flag: 'crm-writes', on: false, reason: ' The CRM is being moved ' }
const on: SwitchFlag = { ...off, on: true, reason: 'It has been moved' }

function standsBy(history: readonly RecordedEvent[]): boolean {
  return history.reduce((state, event) => flagDecider.evolve(state, event), flagDecider.initialState())
}

void t.test('everything is on until somebody switches it off, with a reason', async (t) => {
  t.equal(standsBy([]), true)
  const decided = flagDecider.decide(off, true)
  t.match(decided, [
    {
      definition: FlagSwitched,
      aggregateId: 'crm-writes',
      data: { flag: 'crm-writes', from: 'on', to: 'off', reason: 'The CRM is being moved' }
    }
  ])
  t.match(flagDecider.decide(on, false), [{ data: { from: 'off', to: 'on' } }])
})

void t.test('what is so already is refused: the reason of whoever did it stands', async (t) => {
  t.match(flagDecider.decide(off, false), { refused: true, code: 'FLAG_SAME', message: /off already/ })
  t.match(flagDecider.decide(on, true), { refused: true, code: 'FLAG_SAME', message: /on already/ })
})

void t.test('the newest switch holds', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const cause = story.webhook({ externalId: 'any' })
  for (const [from, to] of [
    ['on', 'off'],
    ['off', 'on'],
    ['on', 'off']
  ] as const)
    story.emit(FlagSwitched, 'crm-writes', { flag: 'crm-writes', from, to, reason: 'It was asked for' }, cause)
  const switches = story.events.filter(({ type }) => type === FlagSwitched.type)
  t.equal(standsBy(switches), false)
  t.equal(standsBy(switches.slice(0, 2)), true)
})
