import { eventually } from '@leadlog/testing'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestSystem } from '../system/test-system.ts'

/** The mails that somebody got so far. */
export async function mailsTo(system: TestSystem, email: string): Promise<readonly { text: string }[]> {
  const answer = await system.control('GET', `mails?to=${encodeURIComponent(email)}`)
  return (answer as { data: { text: string }[] }).data
}

/** Asks for a link on the page's sign-in and returns when its mail has come. */
export async function askForLink(page: Page, system: TestSystem, email: string): Promise<void> {
  const before = (await mailsTo(system, email)).length
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.getByRole('heading', { name: 'Look in your mailbox' }).waitFor()
  await eventually(async () => (await mailsTo(system, email)).length > before)
}

/** Opens the mailbox in another tab, as a person does, and follows the newest link in it. */
export async function followLinkInMailbox(context: BrowserContext, system: TestSystem): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(`${system.simulatorsUrl}/mailbox`)
  await tab
    .getByRole('link', { name: /\/sign-in#/ })
    .first()
    .click()
  return tab
}
