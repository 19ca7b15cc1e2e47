import t from 'tap'
import { answeringService, type Answer } from './fixtures/answering-service.ts'
import { canaryRedrive, type RedriveRequest } from './index.ts'

const ok: Answer = { outcome: 'ok' }
const again: Answer = { outcome: 'failed', fingerprint: 'same' }

/** A service as the run sees it; without `dry` every dry run goes through. */
function service({ dry = () => ok, live }: { dry?: (id: string) => Answer; live: (id: string) => Answer }) {
  const { log, asked, recorded } = answeringService(({ command, data }) =>
    (command === 'SimulateDeadLetter' ? dry : live)(String(data['deadLetterId']))
  )
  const idsOf = (wanted: string) =>
    asked.filter(({ command }) => command === wanted).map(({ data }) => data['deadLetterId'])
  return {
    log,
    recorded,
    commands: () => asked.map(({ command }) => command),
    dry: () => idsOf('SimulateDeadLetter'),
    live: () => idsOf('RetryDeadLetter')
  }
}

const groupOf = (count: number, changes: Partial<RedriveRequest> = {}): RedriveRequest => ({
  letters: Array.from({ length: count }, (_, index) => ({ id: `l${index}`, service: 'crm', sequence: index + 1 })),
  fingerprint: 'same',
  runId: 'run',
  actor: 'user:ada',
  ...changes
})

void t.test('all dry, then five one by one, then the rest; beginning and end are events', async (t) => {
  const { log, commands, recorded } = service({ live: () => ok })
  const phases: string[] = []
  const report = await canaryRedrive(
    log,
    groupOf(30, { onProgress: ({ phase, done, total }) => phases.push(`${phase} ${done}/${total}`) })
  )
  t.same(report, {
    runId: 'run',
    total: 30,
    simulated: 30,
    resolved: 30,
    failedAgain: 0,
    failedOtherwise: 0,
    refused: 0,
    remaining: 0,
    stopped: null
  })
  t.ok(
    commands()
      .slice(0, 30)
      .every((one) => one.startsWith('Simulate'))
  )
  t.same(phases, [
    'simulate 20/30',
    'simulate 30/30',
    ...[1, 2, 3, 4, 5].map((done) => `canary ${done}/5`),
    'rest 20/25',
    'rest 25/25'
  ])
  t.match(recorded, [
    { type: 'RedriveStarted', data: { runId: 'run', fingerprint: 'same', total: 30, canaries: 5 } },
    { type: 'RedriveCompleted', data: { resolved: 30, failed: 0, remaining: 0 } }
  ])
})

void t.test('it stops at the first canary that fails as before', async (t) => {
  const { log, live, recorded } = service({ live: () => again })
  const report = await canaryRedrive(log, groupOf(100))
  t.same(live(), ['l0'], 'one was tried, and no other')
  t.match(report, {
    failedAgain: 1,
    remaining: 99,
    stopped: { phase: 'canary', because: 'same-failure', letterId: 'l0', code: 'BROKEN' }
  })
  t.match(recorded.at(-1), { type: 'RedriveStopped', data: { because: 'same-failure', deadLetterId: 'l0', failed: 1 } })
})

void t.test('a failure of another kind may happen once, not twice', async (t) => {
  const failing = new Map<string, Answer>([
    ['l1', { outcome: 'failed', fingerprint: 'one' }],
    ['l2', { outcome: 'failed', fingerprint: 'two' }],
    ['l4', { outcome: 'failed', fingerprint: 'one' }]
  ])
  const { log, live } = service({ live: (id) => failing.get(id) ?? ok })
  const report = await canaryRedrive(log, groupOf(10))
  t.same(live(), ['l0', 'l1', 'l2', 'l3', 'l4'])
  t.match(report, { resolved: 2, failedOtherwise: 3, failedAgain: 0, remaining: 5, stopped: { letterId: 'l4' } })
})

void t.test('a failure in the dry pass stops before anything is live', async (t) => {
  const { log, live } = service({ dry: (id) => (id === 'l3' ? again : ok), live: () => ok })
  t.match(await canaryRedrive(log, groupOf(10)), { resolved: 0, remaining: 10, stopped: { phase: 'simulate' } })
  t.same(live(), [])
})

void t.test('what cannot be tried dry begins with the canaries', async (t) => {
  const { log, dry } = service({ dry: () => ({ refused: 'OPS_CANNOT_SIMULATE' }), live: () => ok })
  t.match(await canaryRedrive(log, groupOf(50)), { simulated: null, resolved: 50, stopped: null })
  t.equal(dry().length, 20, 'one batch says so')
})

void t.test('a run that was stopped goes on under its name: nothing is asked twice', async (t) => {
  const ending = new AbortController()
  const { log, live } = service({
    live: (id) => {
      if (id === 'l2') ending.abort()
      return id === 'l1' ? { refused: 'OPS_DEAD_LETTER_CLOSED' } : ok
    }
  })
  const first = await canaryRedrive(log, groupOf(8, { signal: ending.signal }))
  t.match(first, { resolved: 2, refused: 1, remaining: 5, stopped: { because: 'aborted', phase: 'canary' } })
  const second = await canaryRedrive(log, groupOf(8))
  t.match(second, { resolved: 7, refused: 1, remaining: 0, stopped: null })
  t.same(live(), ['l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7'])
})

void t.test('a service that does not answer stops the run', async (t) => {
  const { log } = service({ live: (id) => (id === 'l1' ? null : ok) })
  t.match(await canaryRedrive(log, groupOf(8)), { resolved: 1, remaining: 7, stopped: { because: 'no-answer' } })
})

void t.test('a name that cannot be part of a subject, and a service without handlers, are refused', async (t) => {
  const { log } = service({ live: () => ok })
  await t.rejects(canaryRedrive(log, groupOf(1, { runId: 'a.b' })), TypeError)
  const letters = [{ id: 'l0', service: 'gateway', sequence: 1 }]
  await t.rejects(canaryRedrive(log, groupOf(1, { letters })), /handles no messages/)
})
