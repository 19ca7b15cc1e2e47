import t from 'tap'
import { becomesLeads, systemWith } from './sample-day/becomes-leads.ts'

void t.test('the sample day becomes leads in HubSpot, and the same day again adds nothing', async (t) => {
  const system = await systemWith('hubspot')
  t.teardown(() => system.stop())
  await becomesLeads(t, system)
})
