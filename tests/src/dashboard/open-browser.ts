import { findChromium } from '@leadlog/local/chromium'
import { chromium, type Browser } from 'playwright-core'

/** A headless browser of this machine. Close it. */
export async function openBrowser(): Promise<Browser> {
  const program = await findChromium()
  return chromium.launch({
    executablePath: program.command,
    env: { ...process.env, ...program.env },
    // As root, as in a container, Chromium has no sandbox; what it opens is the system's own pages.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none']
  })
}
