import type { RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { gatewayProjections } from './gateway-projections.ts'

void t.test('a row that is inserted without being read is one that its event would leave as it is', (t) => {
  const types = gatewayProjections.flatMap((projection) =>
    [...projection.once].map((type) => {
      const row = { id: 'known' }
      // Whatever the event says: it must not be looked at.
      const event = { type, id: 'known', data: {} } as RecordedEvent
      const kept = (projection.evolve as (...given: unknown[]) => unknown)(row, event, 'known')
      t.equal(kept, row, `${projection.name} keeps its row at ${type}`)
      return type
    })
  )
  t.ok(types.length > 100)
  t.end()
})
