import t from 'tap'
import {
  isRefusal,
  newEvent,
  ReconciliationCompleted,
  ReconciliationStarted,
  type RecordedEvent
} from '@leadlog/contracts'
import { decideStart, historyId, runRefs, runsOf, type StartRun } from './reconciliation.ts'

const run = (startedAt: string, changes: Partial<StartRun> = {}): StartRun => ({
  runId: `run-${startedAt}`,
  source: 'calendly',
  from: '2026-11-15T00:00:00.000Z',
  to: '2026-11-18T00:00:00.000Z',
  trigger: 'schedule',
  startedAt,
  endsBy: new Date(Date.parse(startedAt) + 1_200_000).toISOString(),
  everyMs: 3_600_000,
  ...changes
})

const recorded = ({ everyMs: _, ...data }: StartRun) =>
  ({ type: ReconciliationStarted.type, data }) as unknown as RecordedEvent
const ended = ({ runId }: StartRun, complete = true) =>
  ({
    type: ReconciliationCompleted.type,
    data: { runId, complete, completedAt: '2026-11-18T10:05:00.000Z' }
  }) as unknown as RecordedEvent

const first = run('2026-11-18T10:00:00.000Z')

void t.test('the first run starts', async (t) => {
  const { everyMs: _, ...data } = first
  t.same(decideStart(runsOf([]), first), [newEvent(ReconciliationStarted, 'calendly-2026-11', data)])
})

void t.test('while one runs no other starts; a run whose process died blocks until its time is over', async (t) => {
  const runs = runsOf([recorded(first)])
  for (const trigger of ['schedule', 'command'] as const) {
    t.match(decideStart(runs, run('2026-11-18T10:19:00.000Z', { trigger })), { code: 'INGEST_RECONCILIATION_RUNS' })
  }
  t.notOk(isRefusal(decideStart(runs, run('2026-11-18T10:20:00.000Z', { trigger: 'command' }))))
})

void t.test('on schedule it is due after a while, on command at once', async (t) => {
  const runs = runsOf([recorded(first), ended(first)])
  t.match(decideStart(runs, run('2026-11-18T10:59:59.000Z')), { code: 'INGEST_RECONCILIATION_NOT_DUE' })
  t.notOk(isRefusal(decideStart(runs, run('2026-11-18T11:00:00.000Z'))))
  t.notOk(isRefusal(decideStart(runs, run('2026-11-18T10:06:00.000Z', { trigger: 'command' }))))
})

void t.test(
  'only a run that saw everything counts as a success, and the end of an older run ends no newer one',
  async (t) => {
    t.equal(runsOf([recorded(first), ended(first, false)]).lastSuccessAt, null)
    t.equal(runsOf([recorded(first), ended(first)]).lastSuccessAt, '2026-11-18T10:05:00.000Z')
    const second = run('2026-11-18T11:00:00.000Z')
    t.equal(runsOf([recorded(first), recorded(second), ended(first)]).lastIsOpen, true)
  }
)

void t.test('runs are kept by month, and the month before is looked at too', async (t) => {
  t.equal(historyId('readai', new Date('2026-12-31T23:59:59Z')), 'readai-2026-12')
  t.same(
    runRefs('readai', new Date('2026-03-31T10:00:00Z')).map(({ id }) => id),
    ['readai-2026-02', 'readai-2026-03']
  )
})
