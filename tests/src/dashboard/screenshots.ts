import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './open-browser.ts'
import { exampleIds, filledIn, openScreen, SCREENS, signInWithKey } from './screens.ts'

/**
 * Pictures of every screen of a running system at three widths, light and dark, into `.leadlog/screenshots`:
 *
 *   node infra/local/run.mjs exec tests/src/dashboard/screenshots.ts --url http://127.0.0.1:8080 --key <API key>
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    key: { type: 'string' },
    out: { type: 'string', default: path.resolve(import.meta.dirname, '../../../.leadlog/screenshots') },
    only: { type: 'string' },
    widths: { type: 'string', default: '390,1024,1440' },
    themes: { type: 'string', default: 'light,dark' }
  }
})
const { url, key, out, only, widths, themes } = values
if (key === undefined) throw new Error('Give the API key that npm start printed: --key <API key>')
const HEIGHTS: Readonly<Record<string, number>> = { '390': 844, '1024': 768, '1440': 900 }

const ids = await exampleIds(async (address) => {
  const answer = await fetch(`${url}${address}`, { headers: { authorization: `Bearer ${key}` } })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return answer.json()
})
const browser = await openBrowser()
try {
  for (const theme of themes.split(',')) {
    for (const width of widths.split(',')) {
      const context = await browser.newContext({
        viewport: { width: Number(width), height: HEIGHTS[width] ?? 900 },
        colorScheme: theme === 'dark' ? 'dark' : 'light',
        reducedMotion: 'reduce',
        deviceScaleFactor: width === '390' ? 2 : 1
      })
      await signInWithKey(context, key)
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error') console.error(`${page.url()}: ${message.text()}`)
      })
      page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`))
      const folder = path.join(out, `${width}-${theme}`)
      mkdirSync(folder, { recursive: true })
      for (const screen of SCREENS.filter(({ name }) => only === undefined || only.split(',').includes(name))) {
        await openScreen(page, `${url}${filledIn(screen.address, ids)}`)
        await page.waitForTimeout(300)
        await page.screenshot({ path: path.join(folder, `${screen.name}.png`) })
      }
      await context.close()
    }
  }
} finally {
  await browser.close()
}
console.log(`pictures are in ${out}`)
