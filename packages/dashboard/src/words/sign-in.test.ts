import t from 'tap'
import { linkIn, needsNewLink, safeReturn, signInProblem } from './sign-in.ts'

const problem = (code: string, retryAfterSeconds: number | null = null) => ({
  code,
  message: 'as the gateway says it',
  retryAfterSeconds
})

void t.test('why signing in did not go on is said in words', async (t) => {
  t.match(signInProblem(problem('LINK_INVALID')), /used already, or it is older/)
  t.match(signInProblem(problem('CODE_WRONG')), /not right/)
  t.equal(signInProblem(problem('SIGN_IN_THROTTLED', 700)), 'Too many attempts. Try again in 12 min.')
  t.equal(signInProblem(problem('SIGN_IN_THROTTLED')), 'Too many attempts. Wait a little.')
  t.equal(signInProblem(problem('SOMETHING_NEW')), 'as the gateway says it', 'what is not known here is not hidden')
})

void t.test('only a lost link needs a new one', async (t) => {
  t.ok(needsNewLink({ code: 'SIGN_IN_EXPIRED' }))
  t.notOk(needsNewLink({ code: 'CODE_WRONG' }))
  t.notOk(needsNewLink({ code: 'SIGN_IN_THROTTLED' }))
})

void t.test('a link is what looks like one', async (t) => {
  const secret = 'a-_4'.padEnd(43, 'x')
  t.equal(linkIn(`#${secret}`), secret)
  for (const other of ['', '#', `#${secret}x`, '#main']) t.equal(linkIn(other), null, other)
})

void t.test('after signing in nobody is sent elsewhere', async (t) => {
  t.equal(safeReturn('/inbox?status=failed'), '/inbox?status=failed')
  for (const other of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/sign-in#x'])
    t.equal(safeReturn(other), '/', String(other))
})
