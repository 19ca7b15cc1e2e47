import fc from 'fast-check'
import t from 'tap'
import { createKeyOrder } from './key-order.ts'

void t.test('never two of a key at once, each key in order, nothing lost', async () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), steps: fc.nat(3) }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      (arrivals, max) => {
        const order = createKeyOrder<{ key: string; index: number }>()
        const running: { keys: Set<string>; release: () => void }[] = []
        const seen: { key: string; index: number }[] = []
        const start = (): void => {
          for (let batch = order.take(max); batch; batch = order.take(max)) {
            const keys = new Set(batch.items.map((item) => item.key))
            for (const other of running)
              if ([...keys].some((key) => other.keys.has(key))) throw new Error('a key ran twice')
            if (batch.items.length > max) throw new Error('too large')
            seen.push(...batch.items)
            running.push({ keys, release: batch.release })
          }
        }
        arrivals.forEach(({ key, steps }, index) => {
          order.add(key, { key, index })
          start()
          for (let step = 0; step < steps; step++) running.shift()?.release()
          start()
        })
        while (running.length > 0) {
          running.shift()?.release()
          start()
        }
        for (const key of 'abcd') {
          const indexes = seen.filter((item) => item.key === key).map((item) => item.index)
          if (indexes.some((index, at) => at > 0 && index < (indexes[at - 1] ?? 0))) throw new Error('out of order')
        }
        return seen.length === arrivals.length && order.waiting === 0
      }
    )
  )
})
