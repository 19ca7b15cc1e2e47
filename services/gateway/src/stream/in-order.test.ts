import t from 'tap'
import type { ChangeGroup } from './change-hub.ts'
import type { Change } from './change.ts'
import { inOrder } from './in-order.ts'

function group(sequence: number, ...ids: string[]): ChangeGroup {
  const changes = ids.map((id): Change => ({ topic: 'lead.changed', id }))
  return { stream: 'EVENTS', sequence, position: { EVENTS: sequence }, changes }
}

/** Answers only when it is told to. */
function slowChoice() {
  const asked: { changes: readonly Change[]; answer: (chosen: readonly Change[]) => void; fail: () => void }[] = []
  const choose = (changes: readonly Change[]) =>
    new Promise<readonly Change[]>((resolve, reject) => {
      asked.push({ changes, answer: resolve, fail: () => reject(new Error('away')) })
    })
  return { asked, choose }
}

void t.test('groups come in order, and those that came meanwhile are asked for together', async (t) => {
  const { asked, choose } = slowChoice()
  const told: ChangeGroup[] = []
  const passing = inOrder({ choose, tell: (one) => told.push(one), onFailed: () => t.fail('nothing failed') })
  passing.push(group(1, 'a'))
  passing.push(group(2, 'b'))
  passing.push(group(3, 'b', 'c'))
  t.equal(asked.length, 1)
  asked[0]?.answer(asked[0].changes)
  await new Promise(setImmediate)
  t.same(
    asked[1]?.changes.map(({ id }) => id),
    ['b', 'c'],
    'each row once'
  )
  asked[1]?.answer([{ topic: 'lead.changed', id: 'c' }])
  await passing.settled()
  t.same(
    told.map(({ sequence, changes }) => [sequence, changes.map(({ id }) => id)]),
    [
      [1, ['a']],
      [3, ['c']]
    ]
  )
})

void t.test('a group of which nothing is left is not told, and the next one is', async (t) => {
  const told: number[] = []
  const passing = inOrder({
    choose: (changes) => Promise.resolve(changes.filter(({ id }) => id !== 'x')),
    tell: ({ sequence }) => told.push(sequence),
    onFailed: () => t.fail('nothing failed')
  })
  passing.push(group(1, 'x'))
  await passing.settled()
  passing.push(group(2, 'y'))
  await passing.settled()
  t.same(told, [2])
})

void t.test('after a failure nothing is passed on, so that who comes back misses nothing', async (t) => {
  const { asked, choose } = slowChoice()
  const told: number[] = []
  let failures = 0
  const passing = inOrder({ choose, tell: ({ sequence }) => told.push(sequence), onFailed: () => failures++ })
  passing.push(group(1, 'a'))
  asked[0]?.fail()
  await passing.settled()
  passing.push(group(2, 'b'))
  await passing.settled()
  t.same([told, failures, asked.length], [[], 1, 1])
})
