import type { Flow } from '../flow.ts'

/** Somebody remembers half of a name, and not quite how it is written. */
export const findSomebody: Flow = async (t, { page, open, checkAccessibility }) => {
  await open('/leads')
  await page.keyboard.press('Control+k')
  const field = page.getByPlaceholder('Search leads and screens')
  await field.fill('willam zhng')
  const similar = page.getByRole('group', { name: 'Similar leads' }).getByRole('option')
  await similar.first().waitFor()
  t.match(await similar.allTextContents(), [/William Zhang/], 'what was meant is found')
  await checkAccessibility('what is like it')
  await field.fill('xqzw')
  await page.getByText('Nothing found for “xqzw”').waitFor()
  await checkAccessibility('nothing found')
  await field.fill('fatima')
  await page.getByRole('group', { name: 'Leads', exact: true }).getByRole('option').first().waitFor()
  t.equal(await page.locator('dialog mark').first().textContent(), 'Fatima', 'the place that was found is marked')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Fatima Al-Mansoori' }).waitFor()
}
