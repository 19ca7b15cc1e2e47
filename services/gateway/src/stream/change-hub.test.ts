import type { AppliedChange } from '@leadlog/projections'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { createChangeHub, type ChangeGroup } from './change-hub.ts'

/** Projections that commit what they are told to. */
function projections() {
  let listener: (change: AppliedChange) => void = () => undefined
  return {
    onApplied(given: typeof listener) {
      listener = given
      return () => (listener = () => undefined)
    },
    commit(sequence: number, changed: Record<string, readonly string[] | null>) {
      for (const [projection, keys] of Object.entries(changed))
        listener({ projection, stream: 'EVENTS', sequence, keys })
    }
  }
}

const logger = { warn: () => undefined }
const start = { EVENTS: 10, INGEST: 5, DEAD_LETTERS: 0 }
const nothingMore = () => Promise.resolve([])

void t.test('what one batch changed is one group, in order of the batches', async (t) => {
  const source = projections()
  const hub = createChangeHub({ projections: source, start, logger, alsoChanged: nothingMore })
  const groups: ChangeGroup[] = []
  hub.follow(null, (group) => groups.push(group))
  source.commit(11, { 'gateway-leads': ['a', 'b'], 'gateway-meetings': ['m'], other: ['x'] })
  source.commit(12, { 'gateway-leads': null })
  source.commit(13, { other: ['x'] })
  source.commit(14, { 'gateway-leads': ['c'] })
  await eventually(() => hub.position()['EVENTS'] === 14)
  t.match(groups, [
    {
      sequence: 11,
      position: { EVENTS: 11, INGEST: 5 },
      changes: [
        { topic: 'lead.changed', id: 'a' },
        { topic: 'lead.changed', id: 'b' },
        { topic: 'meeting.changed', id: 'm' }
      ]
    },
    { sequence: 12, changes: [{ topic: 'lead.changed', id: null }] },
    { sequence: 14, changes: [{ topic: 'lead.changed', id: 'c' }] }
  ])
  t.equal(groups.length, 3)
  await hub.close()
})

void t.test('related changes that cannot be found out do not hold up the others', async (t) => {
  const source = projections()
  const alsoChanged = () => Promise.reject(new Error('Postgres is away'))
  const hub = createChangeHub({ projections: source, start, logger, alsoChanged })
  const groups: ChangeGroup[] = []
  hub.follow(null, (group) => groups.push(group))
  source.commit(11, { 'gateway-crm-writes': ['w'] })
  await eventually(() => groups.length > 0)
  await hub.close()
  t.match(groups, [{ changes: [{ topic: 'crm-write.changed', id: 'w' }] }])
})

void t.test('only so much is remembered, and what is not is said to be unknown', async (t) => {
  const source = projections()
  const hub = createChangeHub({ projections: source, start, logger, alsoChanged: nothingMore, remember: 3 })
  for (const sequence of [11, 12, 13]) source.commit(sequence, { 'gateway-leads': [`a${sequence}`, `b${sequence}`] })
  await eventually(() => hub.position()['EVENTS'] === 13)
  const since = (EVENTS: number) => hub.follow({ ...start, EVENTS }, () => undefined).missed
  t.equal(since(10), null)
  t.equal(since(11), null)
  t.match(since(12), [{ sequence: 13 }])
  t.same(since(13), [])
  t.equal(hub.follow({ ...start, EVENTS: 13, INGEST: 4 }, () => undefined).missed, null)
})
