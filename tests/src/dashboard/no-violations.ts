import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe-core finds wrong with the page as it is now; one line for each element. With `within`, a selector, only of
 * that part: what lies over the page is no part of its landmarks.
 */
export async function accessibilityProblems(page: Page, within?: string): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not concern.
  await page.evaluate(AXE)
  const results: AxeResults = await page.evaluate(
    `axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, { resultTypes: ["violations"] })`
  )
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help} (${html}) ${failureSummary ?? ''}`)
  )
}
