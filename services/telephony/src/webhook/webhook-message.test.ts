import t from 'tap'
import { answeredFields } from './webhook-message.ts'

void t.test('of an answer only named texts, numbers and truths are taken, and not more than fit', async (t) => {
  t.strictSame(answeredFields('{"state":"packed","boxes":2,"late":false,"a b":"x","deep":{},"none":null}'), {
    state: 'packed',
    boxes: '2',
    late: 'false'
  })
  for (const none of ['', 'no JSON', '[1]', '"text"', 'null', '7']) t.strictSame(answeredFields(none), {}, none)
  t.equal(answeredFields(JSON.stringify({ long: 'x'.repeat(9_000) }))['long']?.length, 500)
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`m${String(index)}`, index]))
  t.equal(Object.keys(answeredFields(JSON.stringify(many))).length, 20)
  t.strictSame(answeredFields('{"__proto__":"x","constructor":"y"}'), { constructor: 'y' })
})
