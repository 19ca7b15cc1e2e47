import t from 'tap'
import { expectedOf } from '../sample-day/expected.ts'
import { generateLoad } from './generate-load.ts'

await t.test('gives unique webhooks that depend on the options alone', async (t) => {
  const load = [...generateLoad({ customers: 200, seed: 1 })]
  const bodies = load.map(({ body }) => body)
  t.equal(new Set(bodies).size, bodies.length)
  t.strictSame(
    [...generateLoad({ customers: 200, seed: 1 })].map(({ body }) => body),
    bodies
  )
  const other = new Set([...generateLoad({ customers: 200, seed: 2 })].map(({ body }) => body))
  t.notOk(bodies.some((body) => other.has(body)))
})

await t.test('every person becomes one lead with a company, booked once', async (t) => {
  const { leads } = expectedOf([...generateLoad({ customers: 60, seed: 'x', heldShare: 0.5, movedShare: 0.3 })])
  t.equal(leads.length, 60)
  t.ok(leads.every(({ company, notes }) => company !== undefined && notes.booking === 1 && notes.meeting <= 1))
  t.strictSame([...new Set(leads.map(({ leadStatus }) => leadStatus))].sort(), ['Demo Booked', 'Demo Complete'])
  t.equal([...generateLoad({ customers: 5, seed: 'x', heldShare: 0, movedShare: 0 })].length, 5)
})
