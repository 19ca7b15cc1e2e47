import t from 'tap'
import { nextRow } from './next-row.ts'

void t.test('j and k move from anywhere and stay inside; arrows only from a row', async (t) => {
  t.equal(nextRow('j', -1, 3, false), 0)
  t.equal(nextRow('j', 2, 3, true), 2)
  t.equal(nextRow('k', 0, 3, true), 0)
  t.equal(nextRow('ArrowDown', -1, 3, false), null)
  t.equal(nextRow('ArrowDown', 0, 3, true), 1)
  t.equal(nextRow('End', 0, 3, true), 2)
  t.equal(nextRow('j', -1, 0, false), null)
  t.equal(nextRow('x', 0, 3, true), null)
})
