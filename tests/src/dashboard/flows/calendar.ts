import { eventually } from '@leadlog/testing'
import { command } from '../../system/command.ts'
import type { Flow } from '../flow.ts'
import { danaConnectsZoom } from '../panel-meeting.ts'
import { PEOPLE } from '../people.ts'

const HOST = PEOPLE.admin
const DAY_MS = 86_400_000

/** A meeting is scheduled for a lead, found in the calendar with its room, moved by form and by hand, and canceled. */
export const keepsCalendar: Flow = async (t, { system, page, open, checkAccessibility, expectErrors }) => {
  const number = String(Date.now()).slice(-6)
  const lead = { name: `Mila Calendar-${number}`, email: `mila-${number}@calendar.example` }
  const title = `A first look ${number}`
  const leadId = String((await command(system, 'crm', 'CaptureLead', { ...lead, source: 'fair' }))['leadId'])
  await danaConnectsZoom(system)
  await system.settled()
  const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
  const dialog = page.getByRole('dialog')
  const detail = page.getByRole('complementary', { name: 'Meeting' })
  const event = page.getByRole('region', { name: 'Days' }).getByRole('link', { name: lead.name })
  const meeting = async (): Promise<Record<string, unknown>> => {
    const { data } = (await system.read(`/v1/meetings?leadId=${leadId}`)) as { data: { id: string }[] }
    return (await system.read(`/v1/meetings/${data[0]?.id ?? ''}`)) as Record<string, unknown>
  }

  await t.test('a meeting is scheduled on a lead’s page', async (t) => {
    // A time that is over is refused.
    expectErrors(/409/)
    await open(`/leads/${leadId}`)
    await page.getByRole('button', { name: 'Schedule a meeting' }).click()
    await dialog.getByText(lead.email).waitFor()
    await dialog.getByLabel('What it is about').fill(title)
    await dialog.getByLabel('Begins').fill('2001-01-01T10:00')
    await dialog.getByLabel('Host').fill(HOST)
    await checkAccessibility('scheduling a meeting', 'dialog')
    await dialog.getByRole('button', { name: 'Schedule', exact: true }).click()
    await dialog.getByLabel('Begins').and(page.locator('[aria-invalid=true]')).waitFor()
    await dialog.getByLabel('Begins').fill(`${day(1)}T10:00`)
    await dialog.getByRole('button', { name: 'Schedule', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: title }).waitFor()
    t.match(await meeting(), { title, status: 'booked', bookedHere: true, host: { email: HOST } })
  })

  await t.test('the calendar has it, with its room and its invitation', async () => {
    await open(`/calendar?view=day&date=${day(1)}`)
    await event.click()
    await detail.getByRole('link', { name: /\/j\/\d+/ }).waitFor()
    await detail.getByText('A Zoom room is open.').waitFor()
    await detail.getByText(/^Invitation for/).waitFor()
    await checkAccessibility('a meeting beside the calendar')
  })

  await t.test('it is moved by a form', async (t) => {
    await detail.getByRole('button', { name: 'Move', exact: true }).click()
    await dialog.getByLabel('Begins').fill(`${day(2)}T11:00`)
    await dialog.getByText(/to .*11:00/).waitFor()
    await checkAccessibility('moving a meeting', 'dialog')
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await detail.getByText('The Zoom room has the new time.').waitFor()
    await detail
      .getByText(/^Change \d+/)
      .first()
      .waitFor()
    t.match(await meeting(), { startsAt: new Date(`${day(2)}T11:00`).toISOString(), reschedules: 1 })
    t.same(await topicsAtZoom(), [title], 'it is one meeting at Zoom')
  })

  await t.test(
    'it is dragged to another hour, which has to be confirmed; a free hour begins another one',
    async (t) => {
      await open(`/calendar?view=day&date=${day(2)}`)
      // It shows the morning first: until it has gone there, nothing stays where it is.
      const scrolled = `document.querySelector('[aria-label="Days"][role=region]').scrollTop`
      await eventually(async () => (await page.evaluate<number>(scrolled)) > 0)
      const box = await event.boundingBox()
      if (box === null) throw new Error('The meeting is not drawn')
      const x = box.x + box.width / 2
      await page.mouse.move(x, box.y + 6)
      await page.mouse.down()
      await page.mouse.move(x, box.y + 40, { steps: 5 })
      await page.mouse.move(x, box.y + 6 + 4 * box.height, { steps: 5 })
      await page.mouse.up()
      await dialog.getByText(`Move the meeting with ${lead.name}?`).waitFor()
      await dialog.getByText(/From .*11:00.* to .*13:00/).waitFor()
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      t.match(await meeting(), { startsAt: new Date(`${day(2)}T11:00`).toISOString() })
      await page.mouse.click(x, box.y - 2 * box.height + 6)
      await dialog.getByText('Schedule a meeting').waitFor()
      t.equal(await dialog.getByLabel('Begins').inputValue(), `${day(2)}T10:00`)
      await dialog.getByRole('button', { name: 'Cancel' }).click()
    }
  )

  await t.test('keys lead through the calendar, and the address says where one is', async (t) => {
    await page.keyboard.press('3')
    await page.getByRole('button', { name: 'Month', pressed: true }).waitFor()
    await page.keyboard.press('2')
    await page.keyboard.press('ArrowRight')
    t.match(page.url(), /view=week/)
    await page.keyboard.press('0')
    t.match(page.url(), new RegExp(`date=${day(0)}`))
  })

  await t.test('it is canceled, and its room closed', async (t) => {
    await open(`/calendar?view=day&date=${day(2)}`)
    await event.press('Enter')
    await detail.getByRole('button', { name: 'Cancel the meeting' }).click()
    await dialog.getByLabel('Reason').fill('They are ill')
    await checkAccessibility('canceling a meeting', 'dialog')
    await dialog.getByRole('button', { name: 'Cancel the meeting' }).click()
    await detail.getByText('The room is closed.').waitFor()
    await detail.getByText(/^Cancellation/).waitFor()
    await checkAccessibility('a canceled meeting')
    t.match(await meeting(), { status: 'canceled', joinUrl: null, room: { state: 'closed' } })
    t.same(await topicsAtZoom(), [], 'Zoom has it no more')
  })

  async function topicsAtZoom(): Promise<string[]> {
    const { meetings } = (await system.control('GET', 'zoom/meetings')) as { meetings: { topic: string }[] }
    return meetings.map(({ topic }) => topic).filter((topic) => topic.includes(title))
  }
}
