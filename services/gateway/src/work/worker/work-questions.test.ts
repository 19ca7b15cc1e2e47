import { PermanentError } from '@leadlog/contracts'
import t from 'tap'
import { createWorkQuestions } from './work-questions.ts'
import type { WorkThread } from './work-thread.ts'

/** A thread that ends when it is told to. */
function heldThread() {
  const begun: {
    name: unknown
    signal: AbortSignal
    end: (result: Record<string, unknown>) => void
    fail: () => void
  }[] = []
  const thread: WorkThread = ({ order }, { signal }) =>
    new Promise((resolve, reject) => {
      begun.push({ name: order['name'], signal, end: resolve, fail: () => reject(new Error('it broke')) })
    })
  return { begun, thread }
}

const question = (name: string) => ({
  task: 'count',
  id: name,
  actor: 'service:gateway',
  startedAt: '',
  order: { name }
})
const settled = () => new Promise(setImmediate)

void t.test('one question at a time; the same one is asked once', async (t) => {
  const { begun, thread } = heldThread()
  const questions = createWorkQuestions(thread)
  const [one, same, two] = [questions.ask(question('a')), questions.ask(question('a')), questions.ask(question('b'))]
  await settled()
  t.same(
    begun.map(({ name }) => name),
    ['a']
  )
  begun[0]?.end({ found: 1 })
  t.strictSame(await Promise.all([one, same]), [{ found: 1 }, { found: 1 }])
  await settled()
  t.same(
    begun.map(({ name }) => name),
    ['a', 'b']
  )
  begun[1]?.fail()
  await t.rejects(two, { message: 'it broke' })
  const again = questions.ask(question('a'))
  await settled()
  t.equal(begun.length, 3, 'a failure blocks nothing, and what is answered is asked anew')
  begun[2]?.end({ found: 2 })
  t.strictSame(await again, { found: 2 })
})

void t.test('what the task says to people keeps its code', async (t) => {
  const thread: WorkThread = () => Promise.reject(new PermanentError('WORK_OUT_OF_MEMORY', 'Ask for less'))
  const answer = createWorkQuestions(thread).ask(question('a'))
  await t.rejects(answer, { statusCode: 409, code: 'WORK_OUT_OF_MEMORY', message: 'Ask for less' })
})

void t.test('too many different questions are refused, until one is answered', async (t) => {
  const { begun, thread } = heldThread()
  const questions = createWorkQuestions(thread)
  const asked = ['1', '2', '3', '4', '5', '6', '7', '8'].map((name) => questions.ask(question(name)))
  await t.rejects(questions.ask(question('9')), { statusCode: 503, code: 'QUESTIONS_EXHAUSTED', retryAfterSeconds: 10 })
  const joined = questions.ask(question('8'))
  for (let index = 0; index < asked.length; index++) {
    await settled()
    begun[index]?.end({ index })
    await asked[index]
  }
  t.strictSame(await joined, { index: 7 })
  const next = questions.ask(question('9'))
  await settled()
  begun[8]?.end({})
  await next
})

void t.test('too late is a 504 at once, and the next begins when the thread is gone', async (t) => {
  const { begun, thread } = heldThread()
  const deadlines: AbortController[] = []
  const questions = createWorkQuestions(thread, () => {
    const deadline = new AbortController()
    deadlines.push(deadline)
    return deadline.signal
  })
  const [first, second, third] = ['a', 'b', 'c'].map((name) => questions.ask(question(name)))
  await settled()
  deadlines[0]?.abort()
  deadlines[1]?.abort()
  await t.rejects(first as Promise<unknown>, { statusCode: 504, code: 'ANSWER_TOO_LATE' })
  await t.rejects(second as Promise<unknown>, { statusCode: 504, code: 'ANSWER_TOO_LATE' })
  t.ok(begun[0]?.signal.aborted, 'the thread is told to stop')
  await settled()
  t.equal(begun.length, 1)
  begun[0]?.fail()
  await settled()
  t.same(
    begun.map(({ name }) => name),
    ['a', 'c'],
    'what came too late is not begun'
  )
  begun[1]?.end({})
  t.strictSame(await third, {})
})
