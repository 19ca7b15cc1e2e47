import { eventually } from '@leadlog/testing'
import { command } from '../../system/command.ts'
import { zohoLeads } from '../../system/crm.ts'
import type { Flow } from '../flow.ts'

/** More than go first, so that there is a rest. */
const LEADS = 7

/** What the CRM refused goes through once the cause is mended: five first, then the rest. */
export const retryDeadLetter: Flow = async (t, { page, open, system, checkAccessibility }) => {
  const stamp = String(Date.now())
  const emails = Array.from({ length: LEADS }, (_, index) => `refused-${String(index)}-${stamp}@canary.example`)
  const refuses = { vendor: 'zoho', route: '/upsert', kind: 'error', code: 'INVALID_DATA' }
  await system.control('PUT', 'faults', [refuses])
  try {
    for (const email of emails)
      await command(system, 'crm', 'CaptureLead', { name: 'Rita Refused', email, source: 'fair' })
    const fingerprint = await eventually(async () => {
      const { data } = (await system.read('/v1/dead-letters/groups?service=crm-sync')) as {
        data: { fingerprint: string; count: number }[]
      }
      return data.find(({ count }) => count >= LEADS)?.fingerprint
    })
    await open(`/dead-letters/${fingerprint}`)
    const region = page.getByRole('region', { name: 'Try them again' })
    await region.getByRole('button', { name: 'Try five first' }).click()
    await region.getByText(/^Stopped: the same error came again\. None went through/).waitFor()
    await checkAccessibility('a verdict')

    await system.control('PUT', 'faults', [])
    await region.getByRole('button', { name: 'Try five first' }).click()
    await region.getByText('All 5 messages went through.').waitFor()
    await region.getByRole('button', { name: `Try the other ${String(LEADS - 5)}` }).click()
    await page.getByText('None of this kind is left').waitFor()
  } finally {
    await system.control('PUT', 'faults', [])
  }
  const inCrm = new Set((await zohoLeads(system)).map((lead) => lead['Email']))
  t.same(
    emails.filter((email) => !inCrm.has(email)),
    [],
    'the CRM has all of them'
  )
  const { data } = (await system.read('/v1/redrives?limit=3')) as { data: { state: string; result: object }[] }
  t.match(data, [
    { state: 'done', result: { resolved: LEADS - 5 } },
    { state: 'done', result: { resolved: 5 } },
    { state: 'failed', result: { resolved: 0 } }
  ])
}
