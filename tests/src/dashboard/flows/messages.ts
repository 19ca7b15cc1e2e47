import type { Flow } from '../flow.ts'
import { OURS } from '../phone-line.ts'

/** Somebody writes, is answered, and sends STOP; who they are is released by one of us, and suppressed again. */
export const writesMessages: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const phone = `+1415556${String(Date.now()).slice(-4)}`
  const writes = (body: string) =>
    system.control('POST', 'twilio/messages', {
      from: phone,
      to: OURS,
      body,
      url: `${system.ingestUrl}/webhooks/twilio/sms`
    })
  const thread = page.getByRole('complementary', { name: 'Messages' })
  const said = thread.getByRole('listitem')

  await t.test('a message that comes in shows by itself, and is answered', async () => {
    await open('/messages')
    await page.getByText('Connected').filter({ visible: true }).waitFor()
    await writes('Is the room still free on Friday?')
    await page.getByRole('link', { name: `Messages with ${phone}` }).click()
    await said.filter({ hasText: 'Is the room still free on Friday?' }).waitFor()
    await thread.getByLabel('Message', { exact: true }).fill('Yes: from nine, for twenty people.')
    await thread.getByText('34 characters, 1 segment').waitFor()
    await checkAccessibility('a thread')
    await thread.getByRole('button', { name: 'Send' }).click()
    const answer = said.filter({ hasText: 'from nine, for twenty people' })
    await answer.getByText('Delivered').waitFor()
    await checkAccessibility('a thread that was answered')
  })

  await t.test('STOP ends it at once, with the word as the reason', async (t) => {
    await writes('STOP')
    await thread.getByText('Nothing is sent to this number.').waitFor()
    await thread.getByRole('form', { name: 'New message' }).waitFor({ state: 'detached' })
    await checkAccessibility('a thread with somebody who sent STOP')
    await thread.getByRole('link', { name: 'Why' }).click()
    const suppression = page.getByRole('complementary', { name: 'Suppression' })
    await suppression.getByText('by the message STOP').waitFor()
    await checkAccessibility('a suppression')
    t.match(await system.read(`/v1/suppressions?number=${encodeURIComponent(phone)}`), {
      data: [{ active: true, facts: [{ reason: 'opted-out' }] }]
    })
  })

  await t.test('one of us releases the number, and says why', async () => {
    const suppression = page.getByRole('complementary', { name: 'Suppression' })
    await suppression.getByRole('button', { name: 'Release' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Release' }).click()
    await dialog.getByText('Say why').waitFor()
    await dialog.getByLabel(/^Reason/).fill('They asked on the phone to be written to again')
    await checkAccessibility('releasing a number')
    await dialog.getByRole('button', { name: 'Release' }).click()
    await suppression.getByText('May be contacted again').waitFor()
    await suppression.getByText('They asked on the phone to be written to again').waitFor()
  })

  await t.test('a number is suppressed by hand, for calls only', async () => {
    await open('/suppressions')
    await page.getByRole('button', { name: 'Suppress a number' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Number/).fill(phone)
    await dialog.getByLabel('Channels').selectOption({ label: 'Calls only' })
    await dialog.getByLabel(/^Reason, without/).fill('Prefers to be written to')
    await checkAccessibility('suppressing a number')
    await dialog.getByRole('button', { name: 'Suppress' }).click()
    await page.getByRole('row').filter({ hasText: phone }).getByText('No calls: blocked by one of us').waitFor()
    await checkAccessibility('suppressions')
  })
  await system.settled()
}
