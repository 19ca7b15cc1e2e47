import t from 'tap'
import { createDeadlines } from './deadlines.ts'

/** The timer lets the process end; a test has to stay. */
function stay(t: { teardown(handler: () => void): void }): void {
  const staying = setInterval(() => undefined, 1_000)
  t.teardown(() => clearInterval(staying))
}

void t.test('calls those that were not ended, in their order, each once', async (t) => {
  stay(t)
  const deadlines = createDeadlines(5)
  const late: string[] = []
  const end = deadlines.start(() => late.push('ended'))
  deadlines.start(() => late.push('first'))
  await new Promise<void>((resolve) => {
    deadlines.start(() => {
      late.push('second')
      deadlines.start(() => {
        late.push('third')
        resolve()
      })
    })
    end()
  })
  t.same(late, ['first', 'second', 'third'])
})

void t.test('a deadline that starts while others run comes after them', async (t) => {
  stay(t)
  const deadlines = createDeadlines(20)
  const late: number[] = []
  await Promise.all(
    [0, 1, 2].map(
      (index) =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            deadlines.start(() => {
              late.push(index)
              resolve()
            })
          }, index * 10)
        })
    )
  )
  t.same(late, [0, 1, 2])
})
