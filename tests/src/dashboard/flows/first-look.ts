import { expectedSampleDay, type ExpectedLead } from '@leadlog/simulators'
import type { Page } from 'playwright-core'
import type { Flow } from '../flow.ts'

/** Names of the lead's states, in the CRM of the sample day and on the screen. */
const STATUS_WORDS: Readonly<Record<ExpectedLead['leadStatus'], string>> = {
  'Demo Booked': 'Demo booked',
  'Demo Complete': 'Demo complete',
  'Demo Canceled': 'Demo canceled',
  'Demo No-show': 'No-show'
}

/** Who comes for the first time sees the numbers of the day, and each leads to the rows that it counts. */
export const firstLook: Flow = async (t, { page, open, checkAccessibility }) => {
  const { deliveries, repeats, ignored, failed, leads } = expectedSampleDay()
  const received = deliveries.processed + ignored.length + failed.length - repeats
  await open('/')
  await checkAccessibility('the overview')
  const figures = page.getByRole('region', { name: 'Last 24 hours' })

  for (const { name, count } of [
    { name: 'Received, 24 hours', count: received },
    { name: 'Done', count: received - failed.length },
    { name: 'In progress', count: 0 },
    { name: 'Failed', count: failed.length }
  ]) {
    await open('/')
    const figure = figures.getByRole('link', { name: `${name} ${String(count)}`, exact: true })
    await figure.waitFor()
    await figure.click()
    t.equal(await rowsShown(page, 'event'), count, `${name}: its rows`)
  }
  await checkAccessibility('the rows')

  for (const [status, word] of Object.entries(STATUS_WORDS)) {
    const count = leads.filter(({ leadStatus }) => leadStatus === status).length
    await open('/')
    await page.getByRole('link', { name: `${word} ${String(count)}`, exact: true }).click()
    t.equal(await rowsShown(page, 'lead'), count, `${word}: its rows`)
  }

  await open('/')
  await page.getByRole('link', { name: new RegExp(`${String(failed.length)} dead letters`) }).click()
  await page.getByRole('heading', { name: 'Dead letters' }).waitFor()
}

/** What the list says of its length, when it has told it all. */
async function rowsShown(page: Page, noun: string): Promise<number> {
  const count = page
    .getByRole('search')
    .getByRole('status')
    .filter({ hasText: new RegExp(`^[\\d,]+ ${noun}s?`) })
  await count.waitFor()
  return Number.parseInt((await count.textContent())?.replace(',', '') ?? '', 10)
}
