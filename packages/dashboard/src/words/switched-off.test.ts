import t from 'tap'
import type { Flag } from './flags.ts'
import { switchedOff } from './switched-off.ts'

const since = '2026-11-18T09:00:00.000Z'
const off: Flag = {
  flag: 'crm-writes',
  off: 'nothing is written',
  on: false,
  since,
  by: 'user:a',
  reason: 'The CRM is being moved',
  concerned: 2
}

void t.test('only what is off is told, with how much it concerned', async (t) => {
  t.same(switchedOff({ flags: [], dryRunWrites: 0, readByRules: 0 }), [])
  const [first, ...rest] = switchedOff({ flags: [], dryRunWrites: 1, readByRules: 0 })
  t.match(first, {
    key: 'dryRunWrites',
    why: '1 write kept from the CRM in 24 hours, because DRY_RUN is on.',
    to: '/events'
  })
  t.same(rest, [])
  t.same(
    switchedOff({ flags: [], dryRunWrites: 2, readByRules: 3 }).map(({ key }) => key),
    ['dryRunWrites', 'readByRules']
  )
})

void t.test('a flag leads to where it is switched, with its reason and what waits', async (t) => {
  t.match(switchedOff({ flags: [off], dryRunWrites: 0, readByRules: 0 }), [
    {
      words: 'Writing to the CRM: switched off',
      why: '“The CRM is being moved” 2 writes wait because it is off.',
      since,
      by: 'an admin',
      to: '/settings/flags'
    }
  ])
  t.same(
    switchedOff({ flags: [{ ...off, flag: 'language-model' }], dryRunWrites: 0, readByRules: 3 }).map(({ key }) => key),
    ['language-model'],
    'what rules read is told once'
  )
})
