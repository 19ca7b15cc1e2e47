import type { Page } from 'playwright-core'
import type { Checks, Flow } from './flow.ts'
import { accessibilityProblems } from './no-violations.ts'
import { exampleIds, filledIn, openScreen, SCREENS, signInWithKey } from './screens.ts'

/** A person goes through the dashboard, mostly by the keyboard. */
export const tourOfDashboard: Flow = async (t, { page, url, apiKey, expectErrors }) => {
  // A key that is refused is told as a failed request.
  expectErrors(/401/)
  await t.test('signing in', (t) => signsIn(t, page, url, apiKey))
  await t.test('going through a list with the keyboard', (t) => usesKeys(t, page, url))
  await t.test('a lead entered elsewhere appears by itself', (t) => seesLive(t, page, url, apiKey))
  await t.test('trying a dead letter again', (t) => triesAgain(t, page, url))
  await t.test('a part that another build took away', (t) => comesBackAfterBuild(t, page, url, apiKey))
}

/** Every screen as it is with that width and theme. */
export function looksAtAll(how: string): Flow {
  return async (t, { page, url, system }) => {
    const ids = await exampleIds((path) => system.read(path))
    for (const { name, address } of SCREENS) {
      await openScreen(page, `${url}${filledIn(address, ids)}`)
      t.same(await accessibilityProblems(page), [], `${name}, ${how}`)
      const tooWide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
      t.equal(tooWide, false, `${name}, ${how}: nothing beyond the edge`)
    }
  }
}

async function signsIn(t: Checks, page: Page, url: string, key: string): Promise<void> {
  await page.goto(`${url}/inbox?status=failed`)
  await page.getByRole('button', { name: 'Use an API key' }).click()
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
  await page.locator('[data-row-link="1"]:focus').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  t.same(await accessibilityProblems(page), [], 'the help of the keys')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' })
  await page.locator('[data-row-link="1"]:focus').waitFor()
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

/** The page is an older one than what is served now: it loads itself anew, and then has what it was asked for. */
async function comesBackAfterBuild(t: Checks, page: Page, url: string, key: string): Promise<void> {
  // What a service worker fetches cannot be taken away from here.
  const context = await page.context().browser()?.newContext({ serviceWorkers: 'block' })
  if (context === undefined) throw new Error('the page has no browser')
  try {
    await signInWithKey(context, key)
    const older = await context.newPage()
    await openScreen(older, `${url}/leads`)
    await older.route('**/assets/command-palette-*.js', (route) => route.abort(), { times: 1 })
    const again = older.waitForEvent('load')
    await older.keyboard.press('Control+k')
    await again
    await older.getByRole('heading', { name: 'Leads' }).waitFor()
    await older.keyboard.press('Control+k')
    await older.getByRole('dialog', { name: 'Search and commands' }).waitFor()
    t.equal(new URL(older.url()).pathname, '/leads', 'on the same screen')
  } finally {
    await context.close()
  }
}
