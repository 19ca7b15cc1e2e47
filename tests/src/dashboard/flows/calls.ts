import { eventually } from '@leadlog/testing'
import { command } from '../../system/command.ts'
import type { Flow } from '../flow.ts'
import { callOurs, FLOW, OURS, publishFrontDesk, tellOfRecording } from '../phone-line.ts'

/** Longer than anybody looks; the clock of the line is turned on when enough was seen. */
const WAITS_SECONDS = 1_800
const SECONDS_A_SECOND = { usual: 5, quick: 20_000 }

/** Somebody known calls. They are seen waiting, then gone; what was said is told; the call is on their timeline. */
export const followsCalls: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const phone = `+1415555${String(Date.now()).slice(-4)}`
  const caller = `Nora Caller-${phone.slice(-4)}`
  const entered = { name: caller, email: `nora-${phone.slice(1)}@caller.example`, phone, source: 'fair' }
  const leadId = String((await command(system, 'crm', 'CaptureLead', entered))['leadId'])
  await publishFrontDesk(system)
  await system.settled()

  await t.test('a number is given to a flow', async (t) => {
    await open('/numbers')
    await page.getByRole('button', { name: 'Add number' }).click()
    await page.getByLabel('Phone number').fill('+1 (646) 555-0190')
    await page.getByLabel('Flow', { exact: true }).selectOption({ label: 'Front desk' })
    await page.getByText('callers go through Front desk').waitFor()
    await checkAccessibility('giving a number to a flow')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.locator(`[data-number="${OURS}"]`).getByText('Front desk, version 1').waitFor()
    await checkAccessibility('numbers')
    t.match(await system.read(`/v1/flows/${FLOW.flowId}`), { numbers: [OURS], live: { version: 1 } })
  })

  await t.test('a caller is seen while they wait, and when they are gone', async (t) => {
    await open('/live-calls')
    await system.control('PATCH', 'settings', { twilioTimeScale: SECONDS_A_SECOND.usual })
    const waits = { do: 'wait', seconds: WAITS_SECONDS, then: 'hang-up' } as const
    await callOurs(system, phone, [{ do: 'press', digits: '1' }, waits], 'live')
    const row = page.getByRole('list', { name: 'Live calls' }).getByRole('listitem').filter({ hasText: caller })
    await row.getByText('Waiting for us').waitFor()
    t.match(await row.textContent(), /Waits.*\d:\d\d/)
    await page.getByRole('list', { name: 'Queues' }).getByText('front desk').waitFor()
    await checkAccessibility('a call that waits')
    await system.control('PATCH', 'settings', { twilioTimeScale: SECONDS_A_SECOND.quick })
    const ended = page.getByRole('list', { name: 'Calls that have just ended' }).getByRole('listitem')
    await ended.filter({ hasText: caller }).getByText('Ended').waitFor()
    await row.waitFor({ state: 'detached' })
    await system.control('PATCH', 'settings', { twilioTimeScale: SECONDS_A_SECOND.usual })
  })

  await t.test('what was said and done is told turn by turn', async (t) => {
    await page.getByRole('link', { name: caller }).first().click()
    const detail = page.getByRole('complementary', { name: 'Call' })
    for (const said of [
      '“Hello Nora.”',
      '“To talk to us press 1, to leave a message press 2.”',
      'Pressed 1',
      '“Please hold the line.”',
      'Hung up'
    ]) {
      await detail.getByText(said).waitFor()
    }
    await checkAccessibility('a call')
    t.match(page.url(), /\/calls\/[0-9a-f-]{36}$/)
  })

  await t.test('the call is on the lead’s timeline', async (t) => {
    const { data } = await eventually(async () => {
      const timeline = (await system.read(`/v1/leads/${leadId}/timeline?kind=call`)) as { data: { title: string }[] }
      return timeline.data.length >= 2 ? timeline : false
    })
    t.match(
      data.map(({ title }) => title),
      [/^Call ended: completed/, `Called ${OURS}`]
    )
    await open(`/leads/${leadId}?tab=timeline`)
    await page.getByRole('link', { name: `Called ${OURS}` }).click()
    await page.getByRole('complementary', { name: 'Call' }).getByText('Pressed 1').waitFor()
  })

  await t.test('a message that was left is heard', async (t) => {
    const speaks = { do: 'speak', text: 'Please call me back about the offer.', seconds: 12, thenHangUp: true } as const
    await system.control('PATCH', 'settings', { twilioTimeScale: SECONDS_A_SECOND.quick })
    await callOurs(system, phone, [{ do: 'press', digits: '2' }, speaks], 'live')
    await tellOfRecording(system)
    const call = await eventually(async () => {
      const { data } = (await system.read(`/v1/calls?leadId=${leadId}&limit=1`)) as { data: { id: string }[] }
      const [newest] = data
      if (newest === undefined) return false
      const recordings = (await system.read(`/v1/calls/${newest.id}/recordings`)) as { data: { state: string }[] }
      return recordings.data.some(({ state }) => state === 'stored') && newest
    })
    await open(`/calls/${call.id}`)
    const player = page.getByRole('group', { name: 'Player' })
    const place = player.getByRole('slider', { name: 'Place in the recording' })
    await checkAccessibility('a recording')
    await player.getByRole('button', { name: 'Play' }).click()
    await player.getByRole('button', { name: 'Pause' }).waitFor()
    await eventually(async () => Number(await place.inputValue()) > 0)
    await page.keyboard.press('s')
    await player.getByRole('button', { name: 'Speed 1.25, change' }).waitFor()
    await player.getByRole('button', { name: 'Pause' }).click()
    const before = Number(await place.inputValue())
    await place.press('ArrowRight')
    t.ok(Number(await place.inputValue()) > before + 2, 'an arrow key goes on by seconds')
    const played = (await system.read('/v1/security-log?type=access.RecordingPlayed.v1')) as { data: unknown[] }
    t.equal(played.data.length, 1, 'who listened is noted, once')
  })

  await t.test('the call is found by its number', async (t) => {
    await open('/calls')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search leads and screens').fill(phone)
    const found = page.getByRole('group', { name: 'Calls' }).getByRole('option')
    await found.first().waitFor()
    t.match(await found.first().textContent(), new RegExp(caller))
    await checkAccessibility('a call that was found')
  })
  await system.settled()
}
