import type { JetStreamManager } from '@nats-io/jetstream'
import t from 'tap'
import { levelReached, type ReaderPlace } from './level-reached.ts'

const place: ReaderPlace = {
  stream: 'EVENTS',
  consumer: 'c1',
  filters: ['evt.crm.>', 'evt.meetings.>'],
  next: 8,
  consumerSequence: 7,
  levelBefore: 0
}

/** A leader that holds messages 8 to `last` of this subject, and a consumer that has given 7 and knows of no more. */
function leader(options: { last: number; subject: string; replicas: number; pending?: number; given?: number }) {
  const asked: { seq: number; subject: string }[] = []
  const manager = {
    streams: {
      info: async () => ({ state: { last_seq: options.last }, config: { num_replicas: options.replicas } }),
      getMessage: async (_stream: string, query: { seq: number; next_by_subj: string }) => {
        asked.push({ seq: query.seq, subject: query.next_by_subj })
        const covered = query.next_by_subj === '>' || options.subject.startsWith(query.next_by_subj.slice(0, -1))
        return covered && query.seq <= options.last ? { seq: Math.max(8, query.seq) } : null
      }
    },
    consumers: {
      info: async () => ({
        num_pending: options.pending ?? 0,
        delivered: { consumer_seq: options.given ?? 7, stream_seq: 7 }
      })
    }
  } as unknown as JetStreamManager
  return { manager, asked }
}

void t.test('a replica that lags does not make a reader pass over what the leader holds', async (t) => {
  const lagging = leader({ last: 10, subject: 'evt.meetings.m1', replicas: 3 })
  t.equal(await levelReached(lagging.manager, place), null)
  t.equal(await levelReached(lagging.manager, { ...place, filters: [] }), null, 'without filters likewise')
})

void t.test('what the reader does not want lets it go on', async (t) => {
  const other = leader({ last: 10, subject: 'evt.billing.i1', replicas: 3 })
  t.equal(await levelReached(other.manager, place), 10)
  t.strictSame(other.asked, [
    { seq: 8, subject: 'evt.crm.>' },
    { seq: 8, subject: 'evt.meetings.>' }
  ])
  const again = leader({ last: 12, subject: 'evt.billing.i1', replicas: 3 })
  t.equal(await levelReached(again.manager, { ...place, levelBefore: 10 }), 12)
  t.strictSame(
    again.asked.map(({ seq }) => seq),
    [11, 11],
    'and is asked about what is new only'
  )
})

void t.test('where nothing stands in between, or one server holds all, nobody is asked', async (t) => {
  const level = leader({ last: 7, subject: 'evt.crm.l1', replicas: 3 })
  t.equal(await levelReached(level.manager, place), 7)
  const single = leader({ last: 10, subject: 'evt.billing.i1', replicas: 1 })
  t.equal(await levelReached(single.manager, place), 10)
  t.strictSame([...level.asked, ...single.asked], [])
})

void t.test('a consumer that has more to give, or gave what has not arrived, is not level', async (t) => {
  for (const consumer of [{ pending: 1 }, { given: 8 }]) {
    const { manager } = leader({ last: 7, subject: 'evt.crm.l1', replicas: 3, ...consumer })
    t.equal(await levelReached(manager, place), null)
  }
})
