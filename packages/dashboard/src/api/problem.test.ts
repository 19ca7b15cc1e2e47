import t from 'tap'
import {
  ApiProblem,
  failureOf,
  isHeldBack,
  LONGEST_WAIT_MS,
  mayHelpToAskAgain,
  waitBeforeAskingAgain
} from './problem.ts'

void t.test('a read waits as long as it is told to, and never without end', async (t) => {
  const told = (seconds: number | null) => new ApiProblem(429, 'RATE_LIMITED', 'too many', seconds)
  t.equal(waitBeforeAskingAgain(0, told(3)), 3_000)
  t.equal(waitBeforeAskingAgain(0, told(3_600)), LONGEST_WAIT_MS)
  t.equal(waitBeforeAskingAgain(0, told(null)), 1_000)
  t.equal(waitBeforeAskingAgain(9, told(null)), LONGEST_WAIT_MS)
})

void t.test('only what may pass is asked again, and only so often', async (t) => {
  const problem = (status: number) => new ApiProblem(status, 'CODE', 'text')
  for (const status of [0, 429, 503]) t.ok(mayHelpToAskAgain(0, problem(status)), String(status))
  for (const status of [400, 401, 404, 500]) t.notOk(mayHelpToAskAgain(0, problem(status)), String(status))
  t.notOk(mayHelpToAskAgain(3, problem(429)))
  t.notOk(mayHelpToAskAgain(0, new TypeError('a mistake of this page')))
})

void t.test('who asked too often is told so', async (t) => {
  t.ok(isHeldBack(new ApiProblem(429, 'RATE_LIMITED', 'too many', 5)))
  t.notOk(isHeldBack(new ApiProblem(503, 'AWAY', 'away')))
  t.notOk(isHeldBack(null))
})

void t.test('what was read stays while the gateway is away, and goes when it is there no more', async (t) => {
  const [away, gone] = [new ApiProblem(0, 'GATEWAY_UNREACHABLE', 'away'), new ApiProblem(404, 'LEAD_UNKNOWN', 'gone')]
  t.equal(failureOf({ data: undefined, error: away }), away, 'nothing was read before')
  t.equal(failureOf({ data: {}, error: away }), null)
  t.equal(failureOf({ data: {}, error: gone }), gone)
  const broken = new TypeError('a mistake of this page')
  t.equal(failureOf({ data: {}, error: broken }), broken)
  t.equal(failureOf({ data: undefined, error: null }), null)
})
