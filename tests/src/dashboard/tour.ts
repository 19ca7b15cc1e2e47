import type { Test } from 'tap'
import type { BrowserContext, Page } from 'playwright-core'
import type { TestSystem } from '../system/test-system.ts'
import { accessibilityProblems } from './no-violations.ts'
import { openBrowser } from './open-browser.ts'
import { exampleIds, filledIn, openScreen, SCREENS, signInWithKey } from './screens.ts'

/** A test of tap, to put checks into. */
type Checks = Pick<Test, 'test' | 'same' | 'equal' | 'match'>

/** Longer than anything takes on a busy machine. */
const PATIENCE_MS = 30_000

/** A person goes through the dashboard of a system that has run the sample day. */
export async function tourOfDashboard(t: Checks, system: TestSystem): Promise<void> {
  const browser = await openBrowser()
  const key = system.environment['LEADLOG_API_KEY'] ?? ''
  const url = system.gatewayUrl
  try {
    const problems: string[] = []
    const open = async (options: { width: number; height: number; dark: boolean }): Promise<BrowserContext> => {
      const context = await browser.newContext({
        viewport: { width: options.width, height: options.height },
        colorScheme: options.dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB'
      })
      context.setDefaultTimeout(PATIENCE_MS)
      context.on('console', (message) => {
        // A key that is refused is told as a failed request; that is wanted below.
        if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
      })
      context.on('weberror', (error) => problems.push(error.error().message))
      return context
    }
    const wide = await open({ width: 1440, height: 900, dark: false })
    const page = await wide.newPage()
    await t.test('signing in', (t) => signsIn(t, page, url, key))
    await t.test('finding why a field has its value', (t) => findsWhy(t, page, url))
    await t.test('going through a list with the keyboard', (t) => usesKeys(t, page, url))
    await t.test('a lead entered elsewhere appears by itself', (t) => seesLive(t, page, url, key))
    await t.test('trying a dead letter again', (t) => triesAgain(t, page, url))

    const ids = await exampleIds((path) => system.read(path))
    await looksAtAll(t, page, url, ids, 'wide and light')
    const narrow = await open({ width: 390, height: 844, dark: true })
    await signInWithKey(narrow, key)
    await looksAtAll(t, await narrow.newPage(), url, ids, 'narrow and dark')
    t.same(problems, [], 'no error and nothing that the policy had to stop')
  } finally {
    await browser.close()
  }
}

async function signsIn(t: Checks, page: Page, url: string, key: string): Promise<void> {
  await page.goto(`${url}/inbox?status=failed`)
  const field = page.getByLabel('API key')
  await field.fill('a wrong one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This key is not valid').waitFor()
  t.same(await accessibilityProblems(page), [])
  await field.fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  t.match(page.url(), /inbox\?status=failed$/, 'at the address that was asked for')
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('link', { name: /2 dead letters/ }).waitFor()
  await page.getByText('Connected').filter({ visible: true }).waitFor()
}

async function findsWhy(t: Checks, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/leads?status=demo-complete`)
  await page.getByRole('table', { name: 'Leads' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search leads and screens').fill('zhang')
  await page.getByRole('option', { name: /William Zhang/ }).click()
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
  t.same(await accessibilityProblems(page), [], 'the graph')
}

async function usesKeys(t: Checks, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/inbox`)
  await page.locator('[data-row-link="1"]').waitFor({ state: 'attached' })
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.locator('[data-row-link="1"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('complementary', { name: 'Received event' }).waitFor()
  t.match(page.url(), /\/inbox\/[0-9a-f]{32}$/, 'the detail has an address of its own')
  await page.keyboard.press('Escape')
  await page.getByRole('complementary', { name: 'Received event' }).waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await page.getByRole('heading', { name: 'Leads' }).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('no such lead')
  await page.getByText('Nothing matches').waitFor()
  t.match(page.url(), /q=no\+such\+lead/, 'filters are in the address')
}

async function seesLive(t: Checks, page: Page, url: string, key: string): Promise<void> {
  await page.goto(`${url}/leads`)
  await page.getByText('Connected').filter({ visible: true }).waitFor()
  const before = await page.getByText(/^\d+ leads$/).textContent()
  const answer = await fetch(`${url}/v1/commands/crm/CaptureLead`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `tour-${String(Date.now())}`
    },
    body: JSON.stringify({
      name: 'Grace Newcomer',
      email: `grace-${String(Date.now())}@newcomer.example`,
      source: 'fair'
    })
  })
  t.match(answer.status, /20[02]/)
  await page.getByRole('link', { name: 'Grace Newcomer' }).first().waitFor()
  await page.getByText(`${String(Number.parseInt(before ?? '', 10) + 1)} leads`, { exact: true }).waitFor()
}

async function triesAgain(t: Checks, page: Page, url: string): Promise<void> {
  await page.goto(`${url}/dead-letters`)
  await page.getByRole('link', { name: 'Payload invalid' }).click()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText(/It failed again/).waitFor()
  await page.getByText('tried again 1 time by people').waitFor()
  t.equal(await page.getByText('Needs a decision', { exact: true }).count(), 1, 'it stays open')
}

async function looksAtAll(t: Checks, page: Page, url: string, ids: Readonly<Record<string, string>>, how: string) {
  for (const { name, address } of SCREENS) {
    await openScreen(page, `${url}${filledIn(address, ids)}`)
    t.same(await accessibilityProblems(page), [], `${name}, ${how}`)
    const tooWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    t.equal(tooWide, false, `${name}, ${how}: nothing beyond the edge`)
  }
}
