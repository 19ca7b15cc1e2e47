import { eventually } from '@leadlog/testing'
import type { Flow } from '../flow.ts'

const NUMBER = '+16465550177'
const WELCOME = 'Welcome to the acceptance line.'

/**
 * Somebody makes a call flow of a template, adds a step, sees what is wrong with it and mends it, tries it, publishes it and
 * calls it; publishes another version and goes back. In the end no number leads to it.
 */
export const drawsFlow: Flow = async (t, { system, page, open, apiKey, url, checkAccessibility }) => {
  const command = async (name: string, body: object): Promise<void> => {
    const answer = await fetch(`${url}/v1/commands/telephony/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `flow-canvas-${name}-${JSON.stringify(body).length}`
      },
      body: JSON.stringify(body)
    })
    t.ok(answer.ok, `${name} ${String(answer.status)}`)
  }
  const telephony = system.services.find(({ name }) => name === 'telephony')?.url ?? ''
  const heardBy = async (): Promise<string> => {
    const call = await system.control('POST', 'twilio/calls', {
      from: '+14155550142',
      to: NUMBER,
      voiceUrl: `${telephony}/twilio/voice`,
      fallbackUrl: `${telephony}/twilio/voice/fallback`,
      acts: []
    })
    return JSON.stringify((call as { heard: unknown }).heard)
  }
  const saved = () => page.getByText(/Draft \d+ is saved/).waitFor()
  const publish = async (version: number) => {
    await saved()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
    await page
      .getByText(`Version ${String(version)} is live, answers`)
      .or(page.getByText(`Version ${String(version)} is live, no number`))
      .waitFor()
  }

  await open('/flows')
  await page.getByRole('button', { name: 'New flow' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acceptance line')
  await page.getByRole('radio', { name: /^Voicemail/ }).check()
  await checkAccessibility('a new flow')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'Acceptance line' }).waitFor()

  const sales = page.getByRole('checkbox', { name: 'Its calls are sales calls' })
  t.equal(await sales.isChecked(), false)
  await sales.check()
  await saved()

  // By keyboard: a step in the list, its text, where it leads, and that calls begin there.
  await page.getByLabel('Add a step').selectOption('say')
  const text = page.getByLabel('The caller hears: text')
  await text.focus()
  await page.keyboard.type(WELCOME)
  await page.getByLabel('Then: goes to').selectOption('voicemail')
  await page.getByRole('button', { name: 'Calls begin here' }).press('Enter')
  await saved()

  // What is wrong is seen at once, and leads to its place.
  await text.fill('')
  await page.getByText('The caller would hear nothing. Enter what is to be said').waitFor()
  t.equal(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled(), true)
  await page.getByRole('button', { name: /problem to mend before publishing/ }).click()
  await checkAccessibility('a flow with a problem')
  await page.getByRole('list', { name: 'Problems' }).getByRole('button').click()
  await eventually(async () => (await page.evaluate('document.activeElement?.dataset.path')) === 'prompt/say')
  await page.keyboard.press('Control+z')
  await page.getByText('The caller would hear nothing').waitFor({ state: 'detached' })
  t.equal(await text.inputValue(), WELCOME, 'what was cleared is taken back')

  // By mouse: the box is moved, which is one more thing to take back.
  const box = page.locator('.react-flow__node[data-id=say]')
  const place = await box.boundingBox()
  if (place === null) throw new Error('the step has no box')
  await page.mouse.move(place.x + 60, place.y + 20)
  await page.mouse.down()
  await page.mouse.move(place.x + 90, place.y + 80, { steps: 5 })
  await page.mouse.up()
  await saved()

  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const trial = page.getByRole('region', { name: 'Try the flow' })
  await trial.getByText(WELCOME).waitFor()
  await checkAccessibility('a flow that is tried')
  await trial.getByRole('button', { name: 'Leaves a message' }).click()
  await trial.getByText('The call is over').waitFor()
  await trial.getByRole('button', { name: 'One turn back' }).click()
  await trial.getByText('On the phone').waitFor()
  await page.getByRole('button', { name: 'End the trial' }).click()

  await publish(1)
  const published = await fetch(`${url}/v1/flows/acceptance-line/versions/1`, {
    headers: { authorization: `Bearer ${apiKey}` }
  })
  t.match(await published.json(), { document: { sales: true } })
  await command('AssignNumber', { number: NUMBER, flowId: 'acceptance-line' })
  await eventually(async () => (await heardBy()).includes(WELCOME))

  await page.locator('button[data-step=say]').click()
  await text.fill('Another welcome.')
  await publish(2)
  await eventually(async () => (await heardBy()).includes('Another welcome.'))
  await page.getByRole('button', { name: 'Versions' }).click()
  await checkAccessibility('versions of a flow')
  await page.getByRole('button', { name: 'Go back to version 1' }).click()
  await page.getByLabel(/^Reason/).fill('The first one was better')
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
  await page.getByText('Version 1 is live').first().waitFor()
  await eventually(async () => (await heardBy()).includes(WELCOME))
  await command('AssignNumber', { number: NUMBER, flowId: null })
}
