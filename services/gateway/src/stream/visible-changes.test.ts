import t from 'tap'
import { createChangeOwners } from './change-owners.ts'
import type { ChangeGroup } from './change-hub.ts'
import type { Change } from './change.ts'
import { findVisibleChanges } from './visible-changes.queries.ts'

const lead = (id: string): Change => ({ topic: 'lead.changed', id })
const changes = [lead('a'), lead('b'), { topic: 'received-event.changed', id: 'r' } as const]
const owners = new Map([
  ['lead.changed a', ['sam@own.example']],
  ['lead.changed b', ['kim@own.example']],
  ['lead.changed gone', null]
])

void t.test('Postgres is asked only where a row could be the reader’s, and has the last word', async (t) => {
  let asked = 0
  const toldTo = (email: string, rows: readonly string[], all: readonly Change[] = changes) =>
    findVisibleChanges(all, {
      email,
      owners,
      visible: () => {
        asked += 1
        return Promise.resolve(new Set(rows))
      }
    })
  t.same(await toldTo('Sam@Own.example', ['lead.changed a']), [lead('a')])
  t.equal(asked, 1)
  t.same(await toldTo('sam@own.example', []), [], 'what the policies do not show is not told of')
  t.equal(asked, 2)
  t.same(await toldTo('noor@own.example', []), [])
  t.same(
    await toldTo('noor@own.example', [], [lead('gone')]),
    [{ topic: 'lead.changed', id: null }],
    'without its name'
  )
  t.same(await toldTo('noor@own.example', [], [{ topic: 'lead.changed', id: null }]), [
    { topic: 'lead.changed', id: null }
  ])
  t.equal(asked, 2)
})

void t.test('whose rows are is looked up once for a group, and the newest group counts', async (t) => {
  let lookUps = 0
  const found = createChangeOwners((asked) => {
    lookUps += 1
    return Promise.resolve(new Map(asked.map(({ id }) => [`lead.changed ${String(id)}`, [`turn-${String(lookUps)}`]])))
  })
  const group = (...ids: string[]): ChangeGroup => ({
    stream: 'EVENTS',
    sequence: 1,
    position: { EVENTS: 1 },
    changes: ids.map(lead)
  })
  const [first, second] = [group('a', 'b'), group('b')]
  await Promise.all(Array.from({ length: 40 }, () => found.of([first])))
  t.equal(lookUps, 1)
  t.same(Object.fromEntries(await found.of([first, second])), {
    'lead.changed a': ['turn-1'],
    'lead.changed b': ['turn-2']
  })
  await found.of([{ ...first }])
  t.equal(lookUps, 3, 'who comes back is not told by what was found then')
})
