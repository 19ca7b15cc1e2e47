import t from 'tap'
import { fittingColumns } from './fitting-columns.ts'

const COLUMNS = [
  { id: 'name', width: 'minmax(10rem, 1.4fr)', narrow: 'title' },
  { id: 'company', width: 'minmax(8rem, 1.3fr)', narrow: 'meta' },
  { id: 'status', width: '9rem', narrow: 'aside' },
  { id: 'demo', width: '11rem' },
  { id: 'crm', width: '9rem' },
  { id: 'attempts', width: '4rem', wide: true },
  { id: 'activity', width: '6.5rem', narrow: 'end' }
]
const shown = (widthRem: number): string[] | null => fittingColumns(COLUMNS, widthRem)?.map(({ id }) => id) ?? null

void t.test('no column is cut: those that may go do, and those that stay keep their order', async (t) => {
  t.same(shown(90), ['name', 'company', 'status', 'demo', 'crm', 'attempts', 'activity'])
  t.same(shown(66), ['name', 'company', 'status', 'demo', 'crm', 'activity'])
  t.same(shown(56), ['name', 'company', 'status', 'demo', 'activity'])
  t.same(shown(40), ['name', 'company', 'status', 'activity'])
  t.equal(shown(38), null, 'below that a row has two lines')
})
