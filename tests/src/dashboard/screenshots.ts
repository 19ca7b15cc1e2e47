import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { dashboardAt } from './dashboard-at.ts'
import { openBrowser } from './open-browser.ts'
import { filledIn, lackingIds, openScreen, SCREENS, signInWithKey } from './screens.ts'
import { isSeenAt, STATES, type ScreenState } from './states.ts'

/**
 * Pictures of every screen and of the states that screens may be in, at three widths, light and dark, into
 * `.leadlog/screenshots`. Starts a system for it, or takes a running one:
 *
 *   node infra/local/run.mjs exec tests/src/dashboard/screenshots.ts
 *   node infra/local/run.mjs exec tests/src/dashboard/screenshots.ts --url http://127.0.0.1:8080 --key <API key>
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string', default: path.resolve(import.meta.dirname, '../../../.leadlog/screenshots') },
    /** Names, separated by commas. */
    only: { type: 'string' },
    widths: { type: 'string', default: '390,1024,1440' },
    themes: { type: 'string', default: 'light,dark' }
  }
})
const HEIGHTS: Readonly<Record<string, number>> = { '390': 844, '1024': 768, '1440': 900 }
/** A machine that does other work too may take so long for one screen. */
const PATIENCE_MS = 45_000
/** What fails once may well succeed when the machine has caught its breath. */
const TRIES = 2

const AS_USUAL: readonly ScreenState[] = SCREENS.map(({ name, address }) => ({ name, address, reach: openScreen }))
const wanted = [...AS_USUAL, ...STATES].filter(({ name }) => values.only?.split(',').includes(name) ?? true)
if (wanted.length === 0) {
  const names = [...AS_USUAL, ...STATES].map(({ name }) => name)
  throw new Error(`There is no picture of that name; there are ${names.join(', ')}`)
}

const dashboard = await dashboardAt(values)
const failures: string[] = []
const there = wanted.filter(({ name, address }) => {
  const lacking = lackingIds(address, dashboard.ids)
  if (lacking.length > 0) failures.push(`${name}: the system has no ${lacking.join(', ')} to look at`)
  return lacking.length === 0
})
try {
  const browser = await openBrowser()
  try {
    for (const theme of values.themes.split(',')) {
      for (const width of values.widths.split(',')) await takeAll(browser, Number(width), theme)
    }
  } finally {
    await browser.close()
  }
} finally {
  await dashboard.stop()
}
console.log(`pictures are in ${values.out}`)
for (const failure of failures) console.error(`no picture of ${failure}`)
process.exitCode = failures.length === 0 ? 0 : 1

async function takeAll(browser: Browser, width: number, theme: string): Promise<void> {
  const folder = path.join(values.out, `${String(width)}-${theme}`)
  mkdirSync(folder, { recursive: true })
  const open = (): Promise<BrowserContext> =>
    browser.newContext({
      viewport: { width, height: HEIGHTS[String(width)] ?? 900 },
      colorScheme: theme === 'dark' ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      deviceScaleFactor: width < 768 ? 2 : 1,
      // Answers that a state makes up must not come from what a worker kept.
      serviceWorkers: 'block'
    })
  const signedIn = await open()
  await signInWithKey(signedIn, dashboard.key)
  const signedOut = await open()
  for (const state of there.filter((one) => isSeenAt(one, width))) {
    const context = state.signedOut === true ? signedOut : signedIn
    await takeOne(context, state, path.join(folder, `${state.name}.png`)).catch((error: unknown) =>
      failures.push(
        `${state.name}, ${String(width)} ${theme}: ${error instanceof Error ? error.message : String(error)}`
      )
    )
  }
  await signedIn.close()
  await signedOut.close()
}

/** A page for each picture, so that nothing of one state is left in the next. */
async function takeOne(context: BrowserContext, state: ScreenState, file: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`))
    try {
      await state.reach(page, `${dashboard.url}${filledIn(state.address, dashboard.ids)}`)
      await settledLook(page)
      await page.screenshot({ path: file, timeout: PATIENCE_MS })
      return
    } catch (error) {
      if (attempt === TRIES) throw error
    } finally {
      await page.close()
    }
  }
}

/** Fonts are there, and nothing moves any more. */
async function settledLook(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  await page.evaluate('new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen())))')
}
