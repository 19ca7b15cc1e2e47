import t from 'tap'
import { becomesLeads, systemWith } from './sample-day/becomes-leads.ts'
import { erasure } from './sample-day/erasure.ts'
import { packedWithoutPersons } from './sample-day/packed-without-persons.ts'
import { whatIf } from './sample-day/what-if.ts'

void t.test('a sample day on one system, and what is done with a day that is over', async (t) => {
  const system = await systemWith('zoho')
  t.teardown(() => system.stop())
  await t.test('it becomes leads in Zoho, and the same day again adds nothing', (t) => becomesLeads(t, system))
  await t.test('it is packed without its persons, and handled again', (t) => packedWithoutPersons(t, system))
  await t.test('a what-if shows what would be different and touches nothing', (t) => whatIf(t, system))
  await t.test('a person is erased, and no file holds anything of them', (t) => erasure(t, system))
})
