import type { Page, Response } from 'playwright-core'

/** What a browser, a phone and a search of the web expect of any page; one line for each that is missing. */
export async function practiceProblems(page: Page, answer: Response): Promise<string[]> {
  return [...policyProblems(answer), ...(await documentProblems(page)), ...(await installProblems(page))]
}

function policyProblems(answer: Response): string[] {
  const headers = answer.headers()
  const policy = headers['content-security-policy'] ?? ''
  return [
    ...(policy.includes("default-src 'none'") ? [] : ['the page has no policy that begins with nothing']),
    ...(/unsafe-(inline|eval)/.test(policy) ? ['the policy lets inline scripts or eval run'] : []),
    ...(headers['x-content-type-options'] === 'nosniff' ? [] : ['types may be guessed']),
    ...(/frame-ancestors 'none'/.test(policy) ? [] : ['another page may frame it'])
  ]
}

/** Evaluated in the page; a text, since this folder is compiled without the browser's types. */
const LOOK_AT_DOCUMENT = `(() => {
  const problems = []
  const need = (holds, what) => { if (!holds) problems.push(what) }
  const meta = (name) => document.querySelector('meta[name="' + name + '"]')?.content ?? ''
  need(document.doctype !== null, 'no doctype')
  need(document.characterSet === 'UTF-8', 'the document is not UTF-8')
  need(document.documentElement.lang !== '', 'the language is not said')
  need(document.title !== '', 'no title')
  need(/width=device-width/.test(meta('viewport')), 'no viewport')
  need(!/user-scalable=no|maximum-scale=1/.test(meta('viewport')), 'it cannot be zoomed')
  need(meta('description') !== '', 'no description')
  need(meta('theme-color') !== '', 'no theme colour')
  need(document.querySelector('link[rel~="icon"]') !== null, 'no icon')
  need(document.querySelectorAll('h1').length === 1, document.querySelectorAll('h1').length + ' headings of the first level')
  for (const image of document.images)
    need(image.hasAttribute('width') && image.hasAttribute('height'), 'an image has no size: ' + image.src)
  for (const { name } of performance.getEntriesByType('resource'))
    need(name.startsWith(location.origin), 'from elsewhere: ' + name)
  need(document.documentElement.scrollWidth <= document.documentElement.clientWidth, 'wider than the window')
  return problems
})()`

async function documentProblems(page: Page): Promise<string[]> {
  const problems: string[] = await page.evaluate(LOOK_AT_DOCUMENT)
  return problems
}

/** Whether Chromium would offer to install it. That a headless one has no window to do so in does not count. */
async function installProblems(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { errors } = await session.send('Page.getAppManifest')
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  await session.detach()
  return [
    ...errors.map(({ message }) => `manifest: ${message}`),
    ...installabilityErrors
      .filter(({ errorId }) => errorId !== 'in-incognito')
      .map(({ errorId }) => `cannot be installed: ${errorId}`)
  ]
}
