import t from 'tap'
import { createIntents } from './intents.ts'
import { ApiProblem } from './problem.ts'

const lost = new ApiProblem(0, 'GATEWAY_UNREACHABLE', 'no answer')
const refused = new ApiProblem(409, 'OPS_DEAD_LETTER_CLOSED', 'closed before')

function recording() {
  let made = 0
  const intents = createIntents(() => `key-${String(++made)}`)
  const keys: string[] = []
  const act = (body: object, outcome?: Error) =>
    intents
      .act('discard', body, (key) => {
        keys.push(key)
        return outcome ? Promise.reject(outcome) : Promise.resolve('done')
      })
      .catch((error: unknown) => error)
  return { act, keys }
}

void t.test('a wish whose answer was lost is repeated under its key', async (t) => {
  const { act, keys } = recording()
  t.equal(await act({ reason: 'test data' }, lost), lost)
  t.equal(await act({ reason: 'test data' }), 'done')
  t.strictSame(keys, ['key-1', 'key-1'])
})

void t.test('after an answer, and with other words, it is another wish', async (t) => {
  const { act, keys } = recording()
  await act({ reason: 'test data' }, refused)
  await act({ reason: 'test data' })
  await act({ reason: 'test data' }, lost)
  await act({ reason: 'a fair that was cancelled' })
  t.strictSame(keys, ['key-1', 'key-2', 'key-3', 'key-4'])
})
