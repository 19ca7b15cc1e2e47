import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventually } from '@leadlog/testing'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Test } from 'tap'
import type { TestSystem } from '../system/test-system.ts'
import { mailsTo } from './mailed-link.ts'
import { accessibilityProblems } from './no-violations.ts'
import { openScreen, signInWithKey } from './screens.ts'

/** A test of tap, to put checks into. */
export type Checks = Pick<Test, 'test' | 'same' | 'strictSame' | 'equal' | 'not' | 'match' | 'notMatch' | 'ok'>

/** One thing that a person does from beginning to end, in a browser that knows nothing of the flows before. */
export type Flow = (t: Checks, scene: Scene) => Promise<void>

/** What a flow works with. */
export interface Scene {
  readonly system: TestSystem
  /** Signed in with the API key, wide and light, unless the flow is listed with other {@link SceneOptions}. */
  readonly page: Page
  readonly context: BrowserContext
  /** Where the dashboard is. */
  readonly url: string
  readonly apiKey: string
  /** Opens an address of the dashboard; done when nothing on it is still to come. */
  readonly open: (address: string) => Promise<void>
  /** Signs the browser in as one of {@link PEOPLE}, by a mailed link. */
  readonly signInAs: (email: string) => Promise<void>
  /** What axe-core finds on the page as it is now, or on the part of it that a selector names, is a failure. */
  readonly checkAccessibility: (what: string, within?: string) => Promise<void>
  /** Errors of the page's console that this flow means to cause. Any other one is a failure. */
  readonly expectErrors: (wanted: RegExp) => void
}

export interface SceneOptions {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  /** `no` for a flow that signs in by itself. */
  readonly signedIn?: 'key' | 'no'
}

/** Longer than anything takes on a busy machine. */
const PATIENCE_MS = 60_000
const KEPT = path.resolve(import.meta.dirname, '../../../.cache/test/acceptance')

/**
 * Runs a flow in a browser context of its own. When it fails, the page as it was and what its console said stay in
 * `.cache/test/acceptance`.
 */
export async function runFlow(
  t: Test,
  name: string,
  flow: Flow,
  { system, browser, options = {} }: { system: TestSystem; browser: Browser; options?: SceneOptions }
): Promise<void> {
  await t.test(name, async (t) => {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      colorScheme: options.dark === true ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB'
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const said: string[] = []
    const errors: string[] = []
    const wanted: RegExp[] = []
    context.on('console', (message) => {
      said.push(`${message.type()}: ${message.text()}`)
      if (message.type() === 'error') errors.push(message.text())
    })
    context.on('weberror', (error) => {
      said.push(`uncaught: ${error.error().stack ?? error.error().message}`)
      errors.push(error.error().message)
    })
    const apiKey = system.environment['LEADLOG_API_KEY'] ?? ''
    if (options.signedIn !== 'no') await signInWithKey(context, apiKey)
    const page = await context.newPage()
    try {
      await flow(t, {
        system,
        page,
        context,
        url: system.gatewayUrl,
        apiKey,
        open: (address) => openScreen(page, `${system.gatewayUrl}${address}`),
        signInAs: (email) => signInByMail(context, system, email),
        checkAccessibility: async (what, within) =>
          void t.same(await accessibilityProblems(page, within), [], `${what}: axe-core`),
        expectErrors: (pattern) => void wanted.push(pattern)
      })
      const unwanted = errors.filter((text) => !wanted.some((pattern) => pattern.test(text)))
      t.same(unwanted, [], 'no error and nothing that the policy had to stop')
      if (!t.passing()) await keepEvidence(name, context, said)
    } catch (error) {
      await keepEvidence(name, context, said)
      throw error
    } finally {
      await context.close()
    }
  })
}

/** Asks for a link, reads it in the simulated mailbox and follows it; the cookie then is the browser's. */
async function signInByMail(context: BrowserContext, system: TestSystem, email: string): Promise<void> {
  const before = (await mailsTo(system, email)).length
  const headers = { 'x-leadlog-csrf': '1' }
  const asked = await context.request.post(`${system.gatewayUrl}/v1/sign-in`, { headers, data: { email } })
  if (asked.status() !== 202) throw new Error(`${email} may not sign in: ${String(asked.status())}`)
  await eventually(async () => (await mailsTo(system, email)).length > before)
  const link = /\/sign-in#([\w-]{43})/.exec((await mailsTo(system, email)).at(-1)?.text ?? '')?.[1]
  const confirmed = await context.request.post(`${system.gatewayUrl}/v1/sign-in/confirm`, { headers, data: { link } })
  if (!confirmed.ok()) throw new Error(`The link for ${email} answered ${String(confirmed.status())}`)
}

async function keepEvidence(name: string, context: BrowserContext, said: readonly string[]): Promise<void> {
  mkdirSync(KEPT, { recursive: true })
  const file = path.join(KEPT, name.replace(/\W+/g, '-'))
  const addresses = context.pages().map((page) => page.url())
  writeFileSync(`${file}.console.txt`, [...addresses, ...said].join('\n'))
  for (const [at, page] of context.pages().entries()) {
    await page.screenshot({ path: `${file}${at === 0 ? '' : `-${String(at)}`}.png`, timeout: 10_000 }).catch(() => null)
  }
  console.error(`${name}: the page as it was is ${file}.png, what its console said ${file}.console.txt`)
}
