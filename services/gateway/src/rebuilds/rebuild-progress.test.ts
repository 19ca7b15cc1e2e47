import { requireFold } from '@leadlog/projections'
import t from 'tap'
import { deadLetters } from '../dead-letters/dead-letters.projection.ts'
import { memoryLog } from '../fixtures/memory-log.ts'
import { work } from '../work/work.projection.ts'
import { createRebuildProgress } from './rebuild-progress.ts'

const report = {
  projection: work.name,
  phase: 'fill' as const,
  stream: 'EVENTS',
  sequence: 40,
  targetSequence: 100,
  events: 3,
  eventsPerSecond: 812.4,
  remainingMs: 70
}

void t.test('several tables that are built are one progress', async (t) => {
  const progress = await createRebuildProgress([requireFold(work), requireFold(deadLetters)], memoryLog())
  t.strictSame(progress.next(report), {
    phase: 'fill',
    done: 40,
    total: 100,
    perSecond: 812,
    targets: [
      { name: work.name, phase: 'fill', done: 40, total: 100 },
      { name: deadLetters.name, phase: 'fill', done: 0, total: 0 }
    ]
  })
  const indexing = progress.next({ ...report, phase: 'index', stream: '', sequence: 0, targetSequence: 0 })
  t.match(indexing, { phase: 'index', done: 40, targets: [{ phase: 'index' }, { phase: 'fill' }] })
  t.match(progress.comparing(0), { phase: 'compare', done: 100, total: 100 }, 'what is compared is built')
})
