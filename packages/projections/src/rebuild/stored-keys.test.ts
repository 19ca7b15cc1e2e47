import t from 'tap'
import { createStoredKeys } from './stored-keys.ts'

const MANY = 200_000
/** With a fifth of what it is made for, fewer than one in a thousand; some room for an unlucky choice of names. */
const MOST_MISTAKEN = MANY / 200

void t.test('what was stored is never taken for absent, and hardly anything else for stored', async (t) => {
  const stored = createStoredKeys(true)
  t.notOk(stored.mayHold('first'))
  for (let number = 0; number < MANY; number += 1) stored.add(`lead-${number}`)
  let missed = 0
  let mistaken = 0
  for (let number = 0; number < MANY; number += 1) {
    if (!stored.mayHold(`lead-${number}`)) missed += 1
    if (stored.mayHold(`other-${number}`)) mistaken += 1
  }
  t.equal(missed, 0)
  t.ok(mistaken < MOST_MISTAKEN, `${mistaken} of ${MANY}`)
})

void t.test('a table that held rows before, or that somebody else wrote to, may hold anything', async (t) => {
  t.ok(createStoredKeys(false).mayHold('x'))
  const stored = createStoredKeys(true)
  stored.add('a')
  stored.forgetAll()
  t.ok(stored.mayHold('x'))
})
