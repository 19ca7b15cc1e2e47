import t from 'tap'
import { keptApart, momentAt, momentsOf } from './moments.ts'

const told = (title: string, second: number) => ({
  title,
  recordedAt: `2026-11-18T10:00:${String(second).padStart(2, '0')}.000Z`
})

void t.test('what was recorded at once is one moment', (t) => {
  const moments = momentsOf([told('Status', 9), told('Booked', 3), told('Noted', 3), told('Noted', 3), told('Read', 5)])
  t.strictSame(moments, [
    { title: 'Booked and 2 more', at: '2026-11-18T10:00:03.000Z' },
    { title: 'Read', at: '2026-11-18T10:00:05.000Z' },
    { title: 'Status', at: '2026-11-18T10:00:09.000Z' }
  ])
  t.equal(momentAt(moments, '2026-11-18T10:00:08.000Z'), 1)
  t.equal(momentAt(moments, '2026-11-18T10:00:09Z'), 2)
  t.equal(momentAt(moments, '2026-11-18T09:00:00Z'), -1)
  t.end()
})

void t.test('the earlier moment stays the earlier one', (t) => {
  t.strictSame(keptApart({ from: 1, to: 4 }, 'from', 9), { from: 1, to: 4 })
  t.strictSame(keptApart({ from: 4, to: 4 }, 'from', 9), { from: 4, to: 5 })
  t.strictSame(keptApart({ from: 9, to: 4 }, 'from', 9), { from: 8, to: 9 })
  t.strictSame(keptApart({ from: 4, to: 2 }, 'to', 9), { from: 1, to: 2 })
  t.strictSame(keptApart({ from: 0, to: 0 }, 'to', 9), { from: 0, to: 1 })
  t.end()
})
