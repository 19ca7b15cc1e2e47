import { eventually } from '@leadlog/testing'
import type { Flow } from '../flow.ts'

const LOST = 'Leads.Budget'

/**
 * Somebody deleted a field in the CRM. It is found in the dashboard, understood, mended by naming another field, and what
 * was parked goes through. In the end the field is there again, and so is the version that named it.
 */
export const mappingError: Flow = async (t, { system, page, open, apiKey, url, checkAccessibility }) => {
  const leads = ((await system.read('/v1/leads?status=demo-complete&limit=3')) as { data: { id: string }[] }).data
  const removed = (fields: readonly string[]) => system.control('PATCH', 'settings', { zohoRemovedFields: fields })
  const mapping = async () => (await system.read('/v1/field-mapping')) as { version: number; parked: { count: number } }
  const before = (await mapping()).version
  const write = (leadId: string) =>
    fetch(`${url}/v1/commands/crm-sync/WriteLead`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `mapping-error-${leadId}`
      },
      body: JSON.stringify({ leadId })
    })

  await open('/settings/field-mapping')
  await removed([LOST])
  await page.getByRole('button', { name: 'Check now' }).click()
  const row = page.locator('[data-field=budget]')
  await row.getByText('Zoho CRM has no field “Budget”.').waitFor()
  await page.getByText('Until that is mended no lead is written').waitFor()
  for (const { id } of leads) await write(id)
  await eventually(async () => (await mapping()).parked.count === leads.length)
  await page.getByText(`${String(leads.length)} writes wait because the mapping did not fit.`).waitFor()
  await checkAccessibility('a mapping that does not fit')

  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const place = page.getByLabel('Budget in Zoho CRM')
  await place.fill('Descripton')
  await row.getByText('Zoho CRM has no field “Descripton”.').waitFor()
  t.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true, 'what does not fit cannot be saved')
  await row.getByRole('button', { name: 'Description' }).click()
  await page.getByText('1 change, and everything fits.').waitFor()
  await checkAccessibility('a change that fits')
  await page.getByLabel('Why it is changed').fill('Budget was deleted in Zoho')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText(`Version ${String(before + 1)} is in force`).waitFor()

  await page.getByRole('button', { name: 'Let them through' }).click()
  await page.getByText(`${String(leads.length)} writes went through`).waitFor()
  await page.getByText('wait because the mapping did not fit').waitFor({ state: 'detached' })
  const [written] = await eventually(async () => {
    const { data } = (await system.read(`/v1/crm-writes?kind=record&leadId=${leads[0]?.id ?? ''}&limit=1`)) as {
      data: { state: string; mappingVersion: number | null; fieldNames: string[] }[]
    }
    return data[0]?.state === 'written' && data
  })
  t.match(written, { mappingVersion: before + 1 })
  t.equal(written?.fieldNames.includes('Description'), true, 'the CRM got it where it stands now')

  await removed([])
  await page.getByRole('button', { name: `Go back to version ${String(before)}` }).click()
  await page.getByLabel(`Why go back to version ${String(before)}?`).fill('The field is there again')
  await page.getByRole('button', { name: 'Go back', exact: true }).click()
  await page.getByText(`as in version ${String(before)}`).waitFor()
  await system.settled()
}
