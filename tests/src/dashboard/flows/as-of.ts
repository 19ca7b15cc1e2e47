import type { Flow } from '../flow.ts'

/** How a lead was at one moment and at another: by the keyboard, and by a link that somebody was sent. */
export const asOf: Flow = async (t, { page, context, open, url, system, checkAccessibility }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  const { data } = (await system.read('/v1/leads?status=demo-complete&limit=1')) as { data: { id: string }[] }
  await open(`/leads/${data[0]?.id ?? ''}?tab=compare`)
  const changes = page.getByRole('heading', { name: /changes? between these moments/ })
  await changes.waitFor()
  const all = await changes.textContent()
  const [earlier, later] = [page.getByLabel('Earlier moment'), page.getByLabel('Later moment')]
  t.match(await earlier.getAttribute('aria-valuetext'), /^Booked: .+, .+/, 'moments have names')
  t.equal(await later.getAttribute('aria-valuetext'), 'Now')
  await checkAccessibility('two moments')

  await later.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await earlier.focus()
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
  await page.waitForURL(/from=[^&]+&to=[^&]+/)
  await changes.filter({ hasNotText: all ?? '' }).waitFor()
  await page.locator('[aria-busy=false]').waitFor()
  const between = timeless(await page.locator('[aria-busy]').textContent())
  t.match(await earlier.inputValue(), '4')

  await page.getByRole('button', { name: 'Copy link to these two moments' }).click()
  await page.getByText('Link to these two moments copied').waitFor()
  const link = String(await page.evaluate('navigator.clipboard.readText()'))
  t.match(link, /from=\d+&to=\d+$/, 'places of the log, which stay')
  const other = await context.newPage()
  await other.goto(link)
  await other.locator('[aria-busy=false]').waitFor()
  t.equal(timeless(await other.locator('[aria-busy]').textContent()), between, 'whoever follows it sees the same')
  // A moment that changed nothing of the lead (an attempt, a call) is told as the newest one before it that did.
  const place = Number(await other.getByLabel('Earlier moment').inputValue())
  t.ok(place > 0 && place <= 4, `and the same moment, or the one that it shows: ${String(place)}`)
}

/** Without how long ago it was: that goes on while one looks. */
function timeless(text: string | null): string {
  return (text ?? '').replaceAll(/just now|\d+ (s|min|h) ago/g, '')
}
