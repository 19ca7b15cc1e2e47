import type { EventBatch, EventBatchRequest, EventSource, RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { createReadiness } from '../readiness.ts'
import { followLog } from './follow-log.ts'

const logger = createLogger({ service: 'test', level: 'silent' })

function batch(...sequences: number[]): EventBatch {
  const events = sequences.map((sequence) => ({ sequence }) as RecordedEvent)
  return { events, throughSequence: sequences.at(-1) ?? 0, caughtUp: false }
}

/** A log whose openings give what is said, in turn; an error ends one, and the last goes on until it is stopped. */
function logOf(newest: () => Promise<number>, openings: readonly (readonly (EventBatch | Error)[])[]) {
  const opened: number[] = []
  async function* batches({ fromSequence, signal }: EventBatchRequest): AsyncGenerator<EventBatch> {
    opened.push(fromSequence)
    for (const one of openings[opened.length - 1] ?? []) {
      if (one instanceof Error) throw one
      yield one
    }
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }
  const log: EventSource = { batches, lastSequence: newest, firstSequence: async () => 1 }
  return { log, opened }
}

void t.test('it goes on where it was, also where it could not begin, and readiness says so meanwhile', async (t) => {
  const reports: unknown[] = []
  const readiness = createReadiness()
  const newest = async (): Promise<number> => {
    reports.push(await readiness.report())
    if (reports.length === 1) throw new Error('NATS is away')
    return 9
  }
  const { log, opened } = logOf(newest, [[batch(3, 5), new Error('the stream is gone')], [batch(7, 9)]])
  const taken: number[] = []
  let asked = 0
  const from = (): number => {
    asked += 1
    return 3
  }
  const take = ({ sequence }: RecordedEvent): void => void taken.push(sequence)
  const following = followLog({ log, logger, readiness }, { name: 'things', subjects: ['evt.things.>'], from, take })
  await following.level
  t.strictSame([taken, opened, asked], [[3, 5, 7, 9], [3, 6], 1])
  t.match(reports, [
    { dependencies: { things: { ok: true, detail: undefined } } },
    { ready: true, dependencies: { things: { ok: true, detail: 'not up to date: NATS is away' } } },
    { ready: true, dependencies: { things: { ok: true, detail: 'not up to date: the stream is gone' } } }
  ])
  t.strictSame(await readiness.report(), { ready: true, dependencies: { things: { ok: true } } })
  await following.stop()
})

void t.test('an event that could not be taken is taken again, and none before it', async (t) => {
  const { log, opened } = logOf(async () => 9, [[batch(5, 7, 9)], [batch(7, 9)]])
  const taken: number[] = []
  const take = ({ sequence }: RecordedEvent): void => {
    if (sequence === 7 && opened.length === 1) throw new Error('this fold failed')
    taken.push(sequence)
  }
  const parts = { log, logger, readiness: createReadiness() }
  const following = followLog(parts, { name: 'things', subjects: [], from: () => 1, take })
  await following.level
  t.strictSame(
    [taken, opened],
    [
      [5, 7, 9],
      [1, 6]
    ]
  )
  await following.stop()
})

void t.test('nobody waits for one that is stopped before it was level', async (t) => {
  const { log } = logOf(async () => 9, [[]])
  const parts = { log, logger, readiness: createReadiness() }
  const following = followLog(parts, { name: 'things', subjects: [], from: () => 1, take: () => undefined })
  await following.stop()
  t.equal(await following.level, undefined)
})
