import { eventually } from '@leadlog/testing'
import type { Page } from 'playwright-core'
import type { Flow } from '../flow.ts'
import { accessibilityProblems } from '../no-violations.ts'
import { bookedForNow, danaConnectsZoom, startedAtZoom } from '../panel-meeting.ts'
import { DANAS_ZOOM, openPanel } from '../zoom-client.ts'

/** As wide as Zoom shows it. */
const PANEL = { width: 360, height: 720 }

/** The panel beside a meeting in Zoom: who is looked at, what to ask, and a note that is not lost. */
export const usesPanel: Flow = async (t, { system, page, context, url, open, expectErrors }) => {
  const booked = await bookedForNow(system)
  const { name, leadId } = booked
  const { zoomClientId: clientId, zoomClientSecret: clientSecret } = system.secrets
  const zoom = { url, clientId, clientSecret, mid: 'an instance that Leadlog was not told of' }
  const look = async (panel: Page, what: string) =>
    void t.same(await accessibilityProblems(panel), [], `${what}: axe-core`)

  await t.test('whom nobody knows is told what to do', async () => {
    expectErrors(/status of 403/)
    const panel = await openPanel(context, { ...zoom, uid: 'a-zoom-user-of-nobody' })
    await panel.setViewportSize(PANEL)
    await panel.getByRole('heading', { name: 'Your Zoom is not connected yet' }).waitFor()
    await panel.getByText('PANEL_HOST_UNKNOWN').waitFor()
    await look(panel, 'who is turned away')
    await panel.close()
  })

  await danaConnectsZoom(system)
  const panel = await openPanel(context, { ...zoom, uid: DANAS_ZOOM })
  await panel.setViewportSize(PANEL)

  await t.test('the host chooses the meeting, and sees whom it is with', async () => {
    await panel.getByRole('heading', { name: 'Which meeting is it?' }).waitFor()
    await look(panel, 'choosing a meeting')
    await panel.getByRole('button', { name }).click()
    await panel.getByRole('heading', { name }).waitFor()
    await panel.getByText('Demo booked').waitFor()
    await panel.getByText('Harbour Freight Forwarding').first().waitFor()
    await panel.getByText('Cheat sheet', { exact: true }).waitFor()
    await look(panel, 'what to know')
  })

  const question = panel.getByLabel('What happened that made you look for something now?')
  await t.test('a question is ticked, and is still after a reload', async (t) => {
    await panel.getByRole('tab', { name: 'Ask' }).click()
    await question.check()
    await eventually(async () => {
      const { data } = (await system.read(`/v1/events?type=meetings.DiscoveryQuestionTicked.v1`)) as { data: unknown[] }
      return data.length > 0
    })
    await look(panel, 'what to ask')
    await panel.reload()
    await panel.getByRole('tab', { name: 'Ask' }).click()
    t.ok(await question.isChecked())
    await question.uncheck()
    await question.check()
  })

  await t.test('what is typed outlives a reload, and a note a lost connection', async (t) => {
    const note = panel.getByLabel('Note', { exact: true })
    await note.fill('They decide in January, the board of')
    await panel.reload()
    t.equal(await note.inputValue(), 'They decide in January, the board of')
    await note.fill('They decide in January, the board of Harbour says yes first.')
    expectErrors(/ERR_INTERNET_DISCONNECTED/)
    await context.setOffline(true)
    await panel.getByRole('button', { name: 'Save note' }).click()
    await panel.getByText('Storing 1…').waitFor()
    await panel.getByRole('tab', { name: 'Notes (1)' }).click()
    await panel.getByText('Not stored yet').waitFor()
    await look(panel, 'a note that waits')
    await context.setOffline(false)
    await panel.getByText('Not stored yet').waitFor({ state: 'detached' })
    await panel.getByText('the board of Harbour says yes first.').waitFor()
    t.equal(await note.inputValue(), '')
    await look(panel, 'a note that is stored')
  })

  await t.test('the note stands on the lead’s timeline, once, and goes to the CRM', async (t) => {
    const notes = async () =>
      ((await system.read(`/v1/leads/${leadId}/timeline?kind=note`)) as { data: { title: string; detail: string }[] })
        .data
    await eventually(async () => (await notes()).some(({ title }) => title.startsWith('Note: Note in the meeting')))
    t.equal((await notes()).filter(({ title }) => title === 'Noted in the meeting').length, 1)
    await open(`/leads/${leadId}?tab=timeline`)
    await page.getByText('Noted in the meeting').waitFor()
    await page.getByText('the board of Harbour says yes first.').first().waitFor()
  })
  await panel.close()

  await t.test('once Zoom has told that the meeting goes on, the panel opens it without a choice', async () => {
    const running = await openPanel(context, { ...zoom, uid: DANAS_ZOOM, mid: await startedAtZoom(system, booked) })
    await running.setViewportSize(PANEL)
    await running.getByRole('heading', { name }).waitFor()
    await running.getByText('Cheat sheet', { exact: true }).waitFor()
    await running.close()
  })
}
