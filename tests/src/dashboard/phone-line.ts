import type { FlowDocument } from '@leadlog/contracts'
import { twilioSignature, type CallScript } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import { command } from '../system/command.ts'
import type { TestSystem } from '../system/test-system.ts'

/** One of our numbers. */
export const OURS = '+16465550190'
/** Of somebody who is no lead. */
export const STRANGERS = '+14155550142'
export const FLOW = { flowId: 'front-desk', name: 'Front desk' } as const

const document: FlowDocument = {
  start: 'greeting',
  language: 'en-US',
  fallbackNumber: null,
  steps: [
    { id: 'greeting', kind: 'say', prompt: { say: 'Hello {{lead.firstName|there}}.' }, next: 'menu' },
    {
      id: 'menu',
      kind: 'menu',
      label: 'What is it about',
      prompt: { say: 'To talk to us press 1, to leave a message press 2.' },
      timeoutSeconds: 5,
      retries: 1,
      choices: [
        { digit: '1', next: 'wait' },
        { digit: '2', next: 'word' }
      ],
      otherwise: 'bye'
    },
    {
      id: 'wait',
      kind: 'queue',
      label: 'Waiting for us',
      queue: 'front desk',
      prompt: { say: 'Please hold the line.' },
      maxWaitSeconds: 3_600,
      next: 'bye',
      otherwise: 'bye'
    },
    {
      id: 'word',
      kind: 'voicemail',
      label: 'Leaving a message',
      prompt: { say: 'Please speak after the beep.' },
      maxSeconds: 120,
      timeoutSeconds: 5,
      next: 'bye'
    },
    { id: 'bye', kind: 'hangup', prompt: { say: 'Goodbye.' } }
  ]
}

/** A flow of a greeting, a menu and a queue that new callers go through. */
export async function publishFrontDesk(system: TestSystem): Promise<void> {
  const { draft } = await command(system, 'telephony', 'SaveFlow', { ...FLOW, document })
  await command(system, 'telephony', 'PublishFlow', { flowId: FLOW.flowId, draft })
}

/** Somebody calls our number. With the pace `live` the call goes on after this has returned. */
export async function callOurs(
  system: TestSystem,
  from: string,
  acts: CallScript['acts'],
  pace: 'live' | 'at-once'
): Promise<void> {
  const telephony = system.services.find(({ name }) => name === 'telephony')?.url ?? ''
  await system.control('POST', 'twilio/calls', {
    from,
    to: OURS,
    voiceUrl: `${telephony}/twilio/voice`,
    statusUrl: `${system.ingestUrl}/webhooks/twilio/voice-status`,
    acts,
    pace
  })
}

/** A system that has a flow, a number and a call to look at. */
export async function somebodyCalled(system: TestSystem): Promise<void> {
  await publishFrontDesk(system)
  await command(system, 'telephony', 'AssignNumber', { number: OURS, flowId: FLOW.flowId })
  await callOurs(system, STRANGERS, [{ do: 'press', digits: '1' }, { do: 'hang-up' }], 'at-once')
  await eventually(async () => ((await system.read('/v1/calls?live=false')) as { data: unknown[] }).data.length > 0)
}

/** Twilio says that the account's newest recording is there: without a public address it knows none to tell it to. */
export async function tellOfRecording(system: TestSystem): Promise<void> {
  const newest = await eventually(async () => {
    const { recordings } = (await system.control('GET', 'twilio/account')) as {
      recordings: { sid: string; callSid: string; status: string }[]
    }
    return recordings.find(({ status }) => status === 'completed') ?? false
  })
  const url = `${system.ingestUrl}/webhooks/twilio/recording`
  const form = new URLSearchParams({
    AccountSid: system.secrets.twilioAccountSid,
    CallSid: newest.callSid,
    RecordingSid: newest.sid,
    RecordingStatus: 'completed',
    RecordingDuration: '12',
    RecordingChannels: '1',
    RecordingSource: 'RecordVerb'
  })
  const signature = twilioSignature(system.secrets.twilioAuthToken, url, form)
  const answer = await fetch(url, { method: 'POST', body: form, headers: { 'x-twilio-signature': signature } })
  if (!answer.ok) throw new Error(`${url} answered ${String(answer.status)} ${await answer.text()}`)
}
