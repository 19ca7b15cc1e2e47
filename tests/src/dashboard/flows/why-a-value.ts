import type { Flow } from '../flow.ts'

/** Why a lead has this budget: the words, who read them, the webhook, and what the CRM got. */
export const whyAValue: Flow = async (t, { page, open, checkAccessibility }) => {
  await open('/leads?status=demo-complete')
  await page.getByRole('table', { name: 'Leads' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search leads and screens').fill('zhang')
  await page.getByRole('option', { name: /^William Zhang/ }).click()
  await page.getByRole('heading', { name: 'William Zhang' }).waitFor()
  await page.getByRole('button', { name: /Where Budget comes from/ }).click()
  await page.getByRole('dialog').getByText('Read from').waitFor()
  const quote = await page.getByRole('dialog').locator('blockquote').textContent()
  t.match(quote, /80,000/, 'the words that the value rests on')
  await page.getByRole('link', { name: 'Follow it back to the webhook' }).click()
  await page
    .getByRole('link', { name: /Webhook received/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Graph' }).click()
  await page.locator('.react-flow__node').first().waitFor()
  await checkAccessibility('the graph')
}
