import { parseArgs } from 'node:util'
import type { Browser, BrowserContext } from 'playwright-core'
import { dashboardAt } from './dashboard-at.ts'
import { practiceProblems } from './good-practice.ts'
import { measureLoad, PROFILES, type LoadProfile, type MeasuredLoad } from './measured-load.ts'
import { accessibilityProblems } from './no-violations.ts'
import { openBrowser } from './open-browser.ts'
import { filledIn, openScreen, SCREENS, signInWithKey } from './screens.ts'

/**
 * What Lighthouse looks at, of every screen: how fast it is there with an empty cache, what axe-core finds, and what
 * browsers expect of a page. Starts a system for it, or takes a running one; ends with 1 where a limit is passed.
 *
 *   node infra/local/run.mjs exec tests/src/dashboard/quality.ts
 *   node infra/local/run.mjs exec tests/src/dashboard/quality.ts --url http://127.0.0.1:8080 --key <API key>
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string' },
    only: { type: 'string' },
    profiles: { type: 'string', default: PROFILES.map(({ name }) => name).join(',') },
    /** Of each figure the least is taken: what else a machine does only ever adds. */
    rounds: { type: 'string', default: '3' }
  }
})

/** Where Lighthouse begins to call a figure good. The blocking time of a phone is that of a screen of data, not of a page of text. */
const LIMITS: Readonly<Record<string, Readonly<Record<keyof MeasuredLoad, number>>>> = {
  desktop: {
    firstContentfulPaintMs: 934,
    largestContentfulPaintMs: 1_200,
    totalBlockingMs: 150,
    layoutShift: 0.1,
    transferredBytes: 500_000,
    requests: 60
  },
  mobile: {
    firstContentfulPaintMs: 3_000,
    largestContentfulPaintMs: 4_000,
    totalBlockingMs: 600,
    layoutShift: 0.1,
    transferredBytes: 500_000,
    requests: 60
  }
}
const FIGURES = Object.keys(LIMITS['desktop'] ?? {}) as (keyof MeasuredLoad)[]
const PATIENCE_MS = 60_000

const dashboard = await dashboardAt(values)
const problems: string[] = []
try {
  const browser = await openBrowser()
  try {
    const screens = SCREENS.filter(({ name }) => values.only?.split(',').includes(name) ?? true)
    for (const profile of PROFILES.filter(({ name }) => values.profiles.split(',').includes(name))) {
      console.log(`\n${profile.name}\n${row('screen', ['FCP ms', 'LCP ms', 'TBT ms', 'CLS', 'KB', 'requests'])}`)
      for (const { name, address } of screens) {
        const loads: MeasuredLoad[] = []
        for (let round = 0; round < Number(values.rounds); round++) {
          loads.push(await look(browser, profile, name, `${dashboard.url}${filledIn(address, dashboard.ids)}`))
        }
        report(name, profile, loads)
      }
    }
  } finally {
    await browser.close()
  }
} finally {
  await dashboard.stop()
}
const distinct = [...new Set(problems)]
console.log(distinct.length === 0 ? '\nno problem' : `\n${distinct.join('\n')}`)
process.exitCode = distinct.length === 0 ? 0 : 1

/** One visit of a browser that was never there. */
async function look(browser: Browser, profile: LoadProfile, name: string, address: string): Promise<MeasuredLoad> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: profile.width, height: profile.height },
    locale: 'en-GB'
  })
  try {
    context.setDefaultTimeout(PATIENCE_MS)
    await signInWithKey(context, dashboard.key)
    const page = await context.newPage()
    const at = `${name}, ${profile.name}`
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`${at}: the console says: ${message.text()}`)
    })
    page.on('pageerror', (error) => problems.push(`${at}: ${error.message}`))
    const answered = page.waitForResponse((response) => response.request().isNavigationRequest())
    const load = await measureLoad(page, profile, () => openScreen(page, address))
    problems.push(...(await practiceProblems(page, await answered)).map((problem) => `${at}: ${problem}`))
    problems.push(...(await accessibilityProblems(page)).map((problem) => `${at}: ${problem}`))
    return load
  } finally {
    await context.close()
  }
}

function report(name: string, profile: LoadProfile, loads: readonly MeasuredLoad[]): void {
  const least = (figure: keyof MeasuredLoad): number => Math.min(...loads.map((load) => load[figure]))
  for (const figure of FIGURES) {
    const limit = LIMITS[profile.name]?.[figure] ?? Infinity
    if (least(figure) > limit)
      problems.push(`${name}, ${profile.name}: ${figure} is ${least(figure).toFixed(2)}, at most ${String(limit)}`)
  }
  const whole = (figure: keyof MeasuredLoad): string => least(figure).toFixed(0)
  console.log(
    row(name, [
      whole('firstContentfulPaintMs'),
      whole('largestContentfulPaintMs'),
      whole('totalBlockingMs'),
      least('layoutShift').toFixed(3),
      (least('transferredBytes') / 1_000).toFixed(0),
      whole('requests')
    ])
  )
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(10)).join('')
}
