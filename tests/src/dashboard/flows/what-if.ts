import { eventually } from '@leadlog/testing'
import { zohoLeads } from '../../system/crm.ts'
import type { Flow } from '../flow.ts'

interface Found {
  readonly leadId: string
  readonly name: string | null
  readonly email: string
  readonly differences: readonly { readonly field: string; readonly wouldBe: { readonly value: unknown } }[]
}

/** A model reads past leads anew; of three that would be different two are put into force, and the third stays as it is. */
export const whatIf: Flow = async (t, { page, open, system, url, apiKey, checkAccessibility }) => {
  await open('/what-ifs/new')
  await page.getByRole('button', { name: 'Count' }).click()
  await page
    .getByRole('alert')
    .getByText(/^Nothing would be different/)
    .waitFor()
  await checkAccessibility('the wizard')

  await page.getByLabel('Period').selectOption({ label: 'All time' })
  await page.getByLabel('Read by').selectOption('gemini')
  await page.getByRole('button', { name: 'Count' }).click()
  await page.getByText('Calls of the CRM').waitFor()
  await page.getByLabel("Reason, without anybody's name").fill('a model instead of the rules')
  await page.getByRole('button', { name: 'Run what-if' }).click()
  const list = page.getByRole('list', { name: 'Leads that would be different' })
  await list.waitFor()
  await checkAccessibility('what would be different')

  const id = /what-ifs\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const { data } = (await system.read(`/v1/what-ifs/${id}/records?limit=100`)) as { data: Found[] }
  const [first, second, third] = data.filter(({ name, differences }) => name !== null && differences.length > 0)
  if (!first || !second || !third) throw new Error('fewer than three leads would be different')
  const inCrm = async () => new Map((await zohoLeads(system)).map((lead) => [lead['Email'], lead]))
  const before = await inCrm()
  for (const { name } of [first, second]) {
    await list.getByRole('checkbox', { name: `Select ${name ?? ''}`, exact: true }).check()
  }
  await page.getByLabel(/Type 2 to confirm/).fill('3')
  await page.getByRole('button', { name: 'Apply to the selected' }).click()
  await page.getByRole('alert').getByText('Type 2, the number of leads selected.').waitFor()
  await page.getByLabel(/Type 2 to confirm/).fill('2')
  await page.getByRole('button', { name: 'Apply to the selected' }).click()
  const applied = page.getByRole('list', { name: 'Applied' })
  await applied.getByText(': Done').nth(1).waitFor()

  const isThere = ({ email, differences }: Found, leads: Awaited<ReturnType<typeof inCrm>>): boolean =>
    differences.every(({ field, wouldBe }) => (leads.get(email)?.[field] ?? null) === wouldBe.value)
  await eventually(async () => {
    const leads = await inCrm()
    return isThere(first, leads) && isThere(second, leads)
  })
  t.same((await inCrm()).get(third.email), before.get(third.email), 'who was not selected did not change')
  const again = await fetch(`${url}/v1/what-ifs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': id },
    body: JSON.stringify({ description: 'nothing chosen', maxCostMicroUsd: 0 })
  })
  t.equal(again.status, 400, 'nothing is started with nothing chosen')
}
