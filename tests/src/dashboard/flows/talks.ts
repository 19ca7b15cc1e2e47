import type { FlowDocument } from '@leadlog/contracts'
import { command } from '../../system/command.ts'
import type { Flow } from '../flow.ts'

const OURS = '+16465550191'
const AGENT = '+14155550171'
const COLLEAGUE = '+14155550172'
const FLOW = { flowId: 'sales-desk', name: 'Sales desk' } as const
/** Longer than anybody looks. */
const TALKS_SECONDS = 14_400

const document: FlowDocument = {
  start: 'sales',
  language: 'en-US',
  fallbackNumber: null,
  steps: [
    {
      id: 'sales',
      kind: 'dial',
      label: 'Talks to sales',
      numbers: [AGENT],
      timeoutSeconds: 20,
      record: false,
      next: 'bye',
      otherwise: 'bye'
    },
    { id: 'bye', kind: 'hangup', prompt: { say: 'Goodbye.' } }
  ]
}

/** A caller is handed to a colleague, from the list of live calls; a lead is called from their page, and another may not be. */
export const handsOverCalls: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const digits = String(Date.now()).slice(-4)
  const phone = `+1415557${digits}`
  const caller = `Ines Caller-${digits}`
  const entered = { name: caller, email: `ines-${digits}@caller.example`, phone, source: 'fair' }
  const leadId = String((await command(system, 'crm', 'CaptureLead', entered))['leadId'])
  await system.control('PUT', 'twilio/phones', [
    { number: AGENT, talkSeconds: TALKS_SECONDS },
    { number: COLLEAGUE, talkSeconds: TALKS_SECONDS },
    { number: phone, talkSeconds: TALKS_SECONDS }
  ])
  await system.control('PATCH', 'settings', { twilioTimeScale: 20 })
  const { draft } = await command(system, 'telephony', 'SaveFlow', { ...FLOW, document })
  await command(system, 'telephony', 'PublishFlow', { flowId: FLOW.flowId, draft })
  await command(system, 'telephony', 'AssignNumber', { number: OURS, flowId: FLOW.flowId })
  await system.settled()
  const row = page.getByRole('list', { name: 'Live calls' }).getByRole('listitem').filter({ hasText: caller })

  await t.test('a caller who talks to one of us is handed to a colleague', async (t) => {
    await open('/live-calls')
    const telephony = system.services.find(({ name }) => name === 'telephony')?.url ?? ''
    await system.control('POST', 'twilio/calls', {
      from: phone,
      to: OURS,
      voiceUrl: `${telephony}/twilio/voice`,
      statusUrl: `${system.ingestUrl}/webhooks/twilio/voice-status`,
      acts: [],
      pace: 'live'
    })
    await row.getByText('Talks to sales').waitFor()
    await row.getByRole('button', { name: `Transfer the call with ${caller}` }).click()
    const dialog = page.getByRole('dialog', { name: `Hand ${caller} to a colleague` })
    await dialog.getByRole('button', { name: 'Call the colleague' }).click()
    await dialog.getByText('Enter the number of the colleague.').waitFor()
    await dialog.getByLabel(/^Number of the colleague/).fill('+1 (415) 555-0172')
    await dialog.getByLabel('What it is about').fill('Wants to know about the contract')
    await checkAccessibility('handing a caller over')
    await dialog.getByRole('button', { name: 'Call the colleague' }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.getByText(`On hold while you talk to ${COLLEAGUE}`).waitFor()
    await row.getByRole('button', { name: 'Take back' }).waitFor()
    t.match(await system.read(`/v1/calls?leadId=${leadId}`), {
      data: [{ live: true, transfer: { to: COLLEAGUE, stage: 'introducing' } }]
    })
  })

  await t.test('who is in the conference is seen and muted', async () => {
    const inside = page.getByRole('list', { name: 'In A caller is handed over' }).getByRole('listitem')
    await inside.filter({ hasText: caller }).getByText('On hold').waitFor()
    await checkAccessibility('a conference')
    const ours = inside.filter({ hasNotText: caller }).first()
    await ours.getByRole('button', { name: /^Mute / }).click()
    await ours.getByText('Muted').waitFor()
    await ours.getByRole('button', { name: /^Unmute / }).click()
    await ours.getByText('Muted').waitFor({ state: 'detached' })
  })

  await t.test('they stay with the colleague, and the conference is ended for all', async () => {
    await row.getByRole('button', { name: 'Hand over' }).click()
    await row.getByText(`Talks to ${COLLEAGUE}`).waitFor()
    await row.getByRole('button', { name: `Transfer the call with ${caller}` }).waitFor()
    const conference = page.getByRole('list', { name: 'Conferences' })
    await conference.getByRole('button', { name: 'End' }).click()
    await conference.getByRole('button', { name: 'End for all' }).click()
    await conference.waitFor({ state: 'detached' })
  })

  await t.test('a lead is called from their page, and what became of it stands there', async (t) => {
    await open(`/leads/${leadId}`)
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `Call ${caller}` })
    await dialog.getByLabel(/^My phone/).fill(AGENT)
    await dialog.getByLabel('What it is about').fill('The contract once more')
    await checkAccessibility('calling a lead')
    await dialog.getByRole('button', { name: 'Call', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const asked = page.getByRole('list', { name: 'Calls that were asked for' }).getByRole('listitem')
    await asked.first().getByText('Placed').waitFor()
    await checkAccessibility('a lead that was called')
    t.match(await system.read(`/v1/dials?leadId=${leadId}`), { data: [{ state: 'placed', number: phone }] })
    await asked.first().getByRole('link', { name: 'The call' }).click()
    const detail = page.getByRole('complementary', { name: 'Call' })
    await detail.getByRole('button', { name: 'Hang up' }).click()
    await detail
      .getByRole('group', { name: /End this call/ })
      .getByRole('button', { name: 'Hang up' })
      .click()
    await detail.getByText('Ended').waitFor()
  })

  await t.test('who is not to be called is not, and it says why', async () => {
    const why = 'Asked not to be called'
    await command(system, 'telephony', 'SuppressContact', { phone, channels: ['call'], why })
    await command(system, 'telephony', 'PlaceCall', {
      to: phone,
      from: OURS,
      connect: { number: AGENT },
      leadId,
      purpose: 'service',
      why: 'Once more'
    })
    await open(`/leads/${leadId}`)
    const asked = page.getByRole('list', { name: 'Calls that were asked for' }).getByRole('listitem')
    await asked.first().getByText('Not placed').waitFor()
    await asked
      .first()
      .getByText(/^Blocked by one of us, looked at immediately before/)
      .waitFor()
  })
  await system.settled()
}
