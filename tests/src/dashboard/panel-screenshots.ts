import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { buildPanel } from '@leadlog/zoom-panel/build'
import type { BrowserContext, Page } from 'playwright-core'
import { startTestSystem, type TestSystem } from '../system/test-system.ts'
import { openBrowser } from './open-browser.ts'
import { bookedForNow, danaConnectsZoom } from './panel-meeting.ts'
import { PEOPLE } from './people.ts'
import { DANAS_ZOOM, openPanel } from './zoom-client.ts'

/**
 * Pictures of the panel in Zoom at the widths that Zoom gives it, light and dark, into `.leadlog/screenshots/zoom-panel`.
 * Starts a system for it:
 *
 *   node infra/local/run.mjs exec tests/src/dashboard/panel-screenshots.ts
 */
const OUT = path.resolve(import.meta.dirname, '../../../.leadlog/screenshots/zoom-panel')
const WIDTHS = [320, 400]
const HEIGHT = 720

const { folder } = await buildPanel()
const environment = { ZOOM_PANEL_DIR: folder, ACCESS_USERS: `admin:${PEOPLE.admin}` }
const system = await startTestSystem({ environment })
try {
  const { name } = await bookedForNow(system)
  await danaConnectsZoom(system)
  const browser = await openBrowser()
  try {
    mkdirSync(OUT, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of WIDTHS) {
        const viewport = { width, height: HEIGHT }
        const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2, locale: 'en-GB' })
        await takeAll(context, system, name, `${String(width)}-${colorScheme}`)
        await context.close()
      }
    }
  } finally {
    await browser.close()
  }
} finally {
  await system.stop()
}
console.log(`pictures are in ${OUT}`)

async function takeAll(context: BrowserContext, from: TestSystem, name: string, how: string): Promise<void> {
  const { zoomClientId: clientId, zoomClientSecret: clientSecret } = from.secrets
  const zoom = { url: from.gatewayUrl, clientId, clientSecret }
  const take = async (page: Page, what: string) => {
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    await page.screenshot({ path: path.join(OUT, `${what}-${how}.png`) })
  }
  const stranger = await openPanel(context, { ...zoom, uid: 'a-zoom-user-of-nobody' })
  await stranger.getByText('PANEL_HOST_UNKNOWN').waitFor()
  await take(stranger, 'turned-away')
  await stranger.close()
  const page = await openPanel(context, { ...zoom, uid: DANAS_ZOOM })
  await page.getByRole('button', { name }).waitFor()
  await take(page, 'choose')
  await page.getByRole('button', { name }).click()
  await page.getByRole('heading', { name: 'Cheat sheet' }).waitFor()
  await take(page, 'know')
  await page.getByRole('tab', { name: 'Ask' }).click()
  await page.getByRole('checkbox').first().check()
  await take(page, 'ask')
  await page.getByLabel('Note', { exact: true }).fill('They decide in January; the board says yes first.')
  await page.getByRole('button', { name: 'Save note' }).click()
  await page.getByRole('tab', { name: /^Notes/ }).click()
  await page.getByText('just now').first().waitFor()
  await context.setOffline(true)
  await page.getByLabel('Note', { exact: true }).fill('Their freight forwarder sends quotes by fax.')
  await page.getByRole('button', { name: 'Save note' }).click()
  await page.getByText('Not stored yet').waitFor()
  await take(page, 'notes')
}
