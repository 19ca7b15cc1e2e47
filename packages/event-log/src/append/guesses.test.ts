import t from 'tap'
import { createGuesses } from './guesses.ts'

/** How many transactions look first before the next guess. */
function looksBefore(guesses: ReturnType<typeof createGuesses>): number {
  let looks = 0
  while (!guesses.allowed()) looks += 1
  return looks
}

void t.test('a lost guess is followed by a pause, which grows while guesses go on being lost', (t) => {
  const guesses = createGuesses()
  t.equal(looksBefore(guesses), 0)
  const pauses = Array.from({ length: 9 }, () => {
    guesses.lost()
    return looksBefore(guesses)
  })
  t.strictSame(pauses, [64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096])
  t.end()
})

void t.test('as many right guesses as the pause was long make the next one short again', (t) => {
  const guesses = createGuesses()
  guesses.lost()
  looksBefore(guesses)
  for (let won = 0; won < 127; won++) guesses.won()
  guesses.lost()
  t.equal(looksBefore(guesses), 128)
  for (let won = 0; won < 256; won++) guesses.won()
  guesses.lost()
  t.equal(looksBefore(guesses), 64)
  t.end()
})
