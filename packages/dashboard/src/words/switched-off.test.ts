import t from 'tap'
import { switchedOff } from './switched-off.ts'

void t.test('only what is off is told, with how much it concerned', async (t) => {
  t.same(switchedOff({ dryRunWrites: 0, readByRules: 0 }), [])
  const [first, ...rest] = switchedOff({ dryRunWrites: 1, readByRules: 0 })
  t.match(first, { key: 'dryRunWrites', why: '1 write kept from the CRM in 24 hours, because DRY_RUN is on.' })
  t.same(rest, [])
  t.same(
    switchedOff({ dryRunWrites: 2, readByRules: 3 }).map(({ key }) => key),
    ['dryRunWrites', 'readByRules']
  )
})
