import type { Locator, Page } from 'playwright-core'
import type { Checks, Flow, Scene } from '../flow.ts'

/** From the lead's page to whatever explains a value, nobody should have to click more often. */
const MOST_CLICKS = 3

/** Why a lead has this budget: the words, who read them, the webhook as it was sent, and what the CRM got. */
export const whyAValue: Flow = async (t, scene) => {
  const { page, open, checkAccessibility } = scene
  await open('/leads?status=demo-complete')
  await page.getByRole('table', { name: 'Leads' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search leads and screens').fill('zhang')
  await page.getByRole('option', { name: /^William Zhang/ }).click()
  await page.getByRole('heading', { name: 'William Zhang' }).waitFor()
  const lead = new URL(page.url()).pathname

  for (const { fact, value } of [
    { fact: 'Budget', value: /80,000/ },
    { fact: 'Company', value: /\w/ }
  ]) {
    await open(lead)
    await t.test(`${fact}: from the words to the webhook`, (t) =>
      toTheWebhook(t, page, fact, value, checkAccessibility)
    )
    await open(lead)
    await t.test(`${fact}: to what the CRM got`, (t) => toTheCrm(t, page, fact))
  }

  await open(lead)
  await page.getByRole('button', { name: /Where Budget comes from/ }).click()
  await page.getByRole('link', { name: 'Follow it back to the webhook' }).click()
  await page.getByRole('link', { name: 'Graph' }).click()
  await page.locator('.react-flow__node').first().waitFor()
  await checkAccessibility('the graph')
}

async function toTheWebhook(
  t: Checks,
  page: Page,
  fact: string,
  value: RegExp,
  checkAccessibility: Scene['checkAccessibility']
): Promise<void> {
  const clicks = countedClicks()
  await clicks.on(page.getByRole('button', { name: `Where ${fact} comes from` }))
  const why = page.getByRole('dialog', { name: `Where ${fact} comes from` })
  await why.getByText('Read from').waitFor()
  const quote = (await why.locator('blockquote').textContent()) ?? ''
  t.match(quote, value, 'the words that the value rests on')
  t.match(await why.textContent(), /Read by.*, prompt .*Confidence/, 'who read it, and how sure')
  await checkAccessibility('where it comes from', '[role=dialog]')

  await clicks.on(why.getByRole('link', { name: 'Follow it back to the webhook' }))
  await clicks.on(page.getByRole('link', { name: /^Webhook received/ }).first())
  const body = page.getByRole('complementary').getByLabel('Body as it was sent')
  await body.waitFor()
  const words = quote.replace(/[“”"]/g, '').trim().split(/\s+/).slice(0, 3).join(' ')
  t.ok((await body.textContent())?.includes(words), `the body holds the quoted words: ${words}`)
  await checkAccessibility('the webhook')
  t.ok(clicks.made() <= MOST_CLICKS, `${String(clicks.made())} clicks`)
}

async function toTheCrm(t: Checks, page: Page, fact: string): Promise<void> {
  const clicks = countedClicks()
  await clicks.on(page.getByRole('tab', { name: 'CRM writes' }))
  const name = page.locator('dt', { hasText: new RegExp(`^${fact}$`) })
  // The newest may be one that found nothing to change.
  const card = page.getByRole('article').filter({ has: name }).filter({ hasText: 'In step' }).first()
  await clicks.on(card.getByText(/^\d+ fields?$/))
  await card.locator(name).waitFor()
  t.match(await card.textContent(), /(In step|Unchanged).*, (insert|update|unchanged), answered in/, 'the CRM took it')
  t.ok(clicks.made() <= MOST_CLICKS, `${String(clicks.made())} clicks`)
}

function countedClicks(): { on(target: Locator): Promise<void>; made(): number } {
  let made = 0
  return {
    async on(target) {
      made++
      await target.click()
    },
    made: () => made
  }
}
