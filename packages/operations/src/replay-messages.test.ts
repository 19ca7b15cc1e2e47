import t from 'tap'
import { answeringService, type Answer } from './fixtures/answering-service.ts'
import { replayMessages, type ReplayRequest } from './index.ts'

const ok: Answer = { outcome: 'ok' }
const failed: Answer = { outcome: 'failed', fingerprint: 'broken' }

function service(answer: (sequence: number) => Answer) {
  const { log, asked, recorded } = answeringService(({ data }) => answer(data['sequence'] as number))
  return { log, recorded, asked: () => asked.map(({ data }) => data) }
}

const request = (changes: Partial<ReplayRequest> = {}): ReplayRequest => ({
  service: 'crm',
  handler: 'follow-meetings',
  stream: 'EVENTS',
  sequences: [3, 5, 8],
  runId: 'run',
  actor: 'user:ada',
  perSecond: 1_000,
  ...changes
})

void t.test('each message in its order; beginning and end are events', async (t) => {
  const { log, asked, recorded } = service((sequence) => (sequence === 5 ? { refused: 'OPS_MESSAGE_GONE' } : ok))
  const seen: number[] = []
  const report = await replayMessages(log, request({ onProgress: ({ done }) => seen.push(done) }))
  t.same(report, { runId: 'run', total: 3, replayed: 2, failed: 0, refused: 1, remaining: 0, stopped: null })
  t.same(
    asked(),
    [3, 5, 8].map((sequence) => ({ handler: 'follow-meetings', stream: 'EVENTS', sequence, repeatEffects: [] }))
  )
  t.same(seen, [1, 2, 3])
  const facts = {
    runId: 'run',
    handler: 'follow-meetings',
    fromSequence: 3,
    toSequence: 8,
    total: 3,
    repeatEffects: []
  }
  t.match(recorded, [
    { type: 'ReplayStarted', data: facts },
    { type: 'ReplayCompleted', data: { ...facts, replayed: 2, refused: 1, remaining: 0 } }
  ])
})

void t.test('it ends at the first failure and says where', async (t) => {
  const { log, asked, recorded } = service((sequence) => (sequence === 5 ? failed : ok))
  const report = await replayMessages(log, request({ repeatEffects: ['crm-record'] }))
  t.match(report, {
    replayed: 1,
    failed: 1,
    remaining: 1,
    stopped: { because: 'failure', atSequence: 5, code: 'BROKEN' }
  })
  t.equal(asked().length, 2)
  t.match(recorded.at(-1), { type: 'ReplayStopped', data: { atSequence: 5, repeatEffects: ['crm-record'] } })
})

void t.test('what would be refused for every message is asked once', async (t) => {
  const { log, asked } = service(() => ({ refused: 'OPS_HANDLER_UNKNOWN' }))
  t.match(await replayMessages(log, request()), { remaining: 3, stopped: { code: 'OPS_HANDLER_UNKNOWN' } })
  t.equal(asked().length, 1)
})

void t.test('a service that does not answer, and an operator who stops', async (t) => {
  t.match(await replayMessages(service(() => null).log, request()), {
    stopped: { because: 'no-answer', atSequence: 3 }
  })
  const ending = new AbortController()
  const { log, asked } = service((sequence) => {
    if (sequence === 5) ending.abort()
    return ok
  })
  const report = await replayMessages(log, request({ signal: ending.signal, perSecond: 20 }))
  t.match(report, { replayed: 2, remaining: 1, stopped: { because: 'aborted', atSequence: 8 } })
  t.equal(asked().length, 2)
})

void t.test('no faster than told', async (t) => {
  const began = performance.now()
  await replayMessages(service(() => ok).log, request({ perSecond: 20 }))
  t.ok(
    performance.now() - began >= 95,
    'the third comes two twentieths of a second after the first, as far as timers are exact'
  )
})
