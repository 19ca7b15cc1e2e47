import t from 'tap'
import { createRowMarks } from './row-marks.ts'

const at = (sequence: number, table = '1') => ({ projection: 'p', stream: 'S', sequence, table })

/** Marks that know of p. */
function marks() {
  const made = createRowMarks()
  made.read(made.asking(), at(5))
  made.following(true)
  return made
}

void t.test('a mark is another one where rows changed, and the same in every process that knows as much', (t) => {
  const [one, two] = [marks(), marks()]
  const first = one.of(['p'])
  t.ok(first)
  t.equal(two.of(['p']), first)
  one.changed('p', 'S', 7)
  t.not(one.of(['p']), first)
  two.read(two.asking(), at(7))
  t.equal(two.of(['p']), one.of(['p']), 'told of or read')
  const seventh = one.of(['p'])
  one.changed('p', 'S', 7)
  t.not(one.of(['p']), seventh, 'a change without a newer sequence is one')
  one.read(one.asking(), at(6))
  t.not(one.of(['p']), first, 'an old reading takes nothing back')
  t.end()
})

void t.test('what cannot be told has no mark', (t) => {
  const one = createRowMarks()
  t.equal(one.of(['p']), null)
  t.notOk(one.knows('p', 'S'))
  one.read(one.asking(), at(5))
  t.equal(one.of(['p']), null, 'changes are not followed yet')
  one.following(true)
  t.ok(one.of(['p']))
  t.ok(one.knows('p', 'S'))
  t.equal(one.of(['p', 'q']), null, 'of one nothing is known')
  one.following(false)
  t.equal(one.of(['p']), null, 'the connection is lost')
  t.end()
})

void t.test('a first change that a stream makes leaves no mark until it is read', (t) => {
  const one = marks()
  const before = one.of(['p'])
  const early = one.asking()
  one.changed('p', 'T', 1)
  t.equal(one.of(['p']), null, 'the mark of before would hide the change')
  one.read(early, at(5))
  t.equal(one.of(['p']), null, 'a reading from before the change settles nothing')
  for (const stream of ['S', 'T']) one.read(one.asking(), { ...at(5), stream })
  t.ok(one.of(['p']))
  t.not(one.of(['p']), before)
  t.end()
})

void t.test('a swapped table has no mark until it is read after the swap', (t) => {
  const one = marks()
  const before = one.of(['p'])
  const early = one.asking()
  one.unsure('p')
  t.equal(one.of(['p']), null)
  t.notOk(one.knows('p', 'S'))
  one.read(early, at(5))
  t.equal(one.of(['p']), null, 'a reading from before the swap settles nothing')
  one.read(one.asking(), at(5, '2'))
  t.ok(one.of(['p']))
  t.not(one.of(['p']), before, 'the same sequence of another table')
  t.end()
})
