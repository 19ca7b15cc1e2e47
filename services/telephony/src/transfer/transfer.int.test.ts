import {
  AssignNumber,
  CallTransferRequested,
  CompleteTransfer,
  isEvent,
  PublishFlow,
  SaveFlow,
  SuppressContact,
  TransferCall,
  type FlowDocument,
  type RecordedEvent
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import { eventually, type TestContext } from '@leadlog/testing'
import type { TwilioClient } from '@leadlog/twilio/rest'
import t from 'tap'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { callOf } from '../call/call.ts'
import { handlerContext, startDialling, type Dialling } from '../fixtures/dialling.ts'
import { telephony } from '../service.ts'
import { transferCalls } from './transfer-calls.reactor.ts'

const OURS = '+16465550100'
const AGENT = '+14155550177'
const FALLBACK = '+14155550111'
const why = 'asks about the contract'
const HOURS = 14_400
let numbers = 0
const nextNumber = (): string => `+1415555${String(3_000 + (numbers += 1))}`

const flow: FlowDocument = {
  start: 'sales',
  language: 'en-US',
  fallbackNumber: null,
  steps: [
    { id: 'sales', kind: 'dial', numbers: [AGENT], timeoutSeconds: 20, record: false, next: 'bye', otherwise: 'bye' },
    { id: 'bye', kind: 'hangup', prompt: { say: 'Goodbye' } }
  ]
}

interface Talk {
  readonly callSid: string
  readonly callId: string
  readonly agentSid: string
}

async function open(t: TestContext, reactors?: (typeof telephony)['reactors']): Promise<Dialling> {
  const dialling = await startDialling(t, { isReached: true, ...(reactors === undefined ? {} : { reactors }) })
  const { state, command } = dialling
  Object.assign(state.settings, { twilioTimeScale: 50, twilioCallsPerSecond: 100 })
  state.twilioLine.phones.set(AGENT, { number: AGENT, talkSeconds: HOURS })
  state.twilioLine.phones.set(FALLBACK, { number: FALLBACK, talkSeconds: HOURS })
  const saved = await command(SaveFlow, { flowId: 'front', name: 'Front desk', document: flow })
  await command(PublishFlow, { flowId: 'front', draft: Number(saved['draft']) })
  await command(AssignNumber, { number: OURS, flowId: 'front' })
  await eventually(() => dialling.deps.flows.answering(OURS) !== null)
  return dialling
}

/** Somebody calls, and talks to the agent. */
async function talk({ state, url, deps }: Dialling): Promise<Talk> {
  const { sid: callSid } = state.twilioLine.receiveCall({
    from: nextNumber(),
    to: OURS,
    voiceUrl: `${url}/twilio/voice`,
    fallbackUrl: `${url}/twilio/voice/fallback`,
    statusUrl: `${deps.ingestUrl ?? ''}/webhooks/twilio/voice-status`,
    acts: []
  })
  const leg = await eventually(() =>
    state.twilio.calls.list().find((call) => call.parentCallSid === callSid && call.status === 'in-progress')
  )
  return { callSid, callId: callIdOf(callSid), agentSid: leg.sid }
}

const views = (dialling: Dialling, { callId, callSid }: Talk) => {
  const { state, history } = dialling
  const call = async () => callOf(await history(callRef(callId)))
  const stage = async () => (await call()).transfer?.stage
  const conference = () =>
    state.twilio.conferences
      .list()
      .find(({ participants }) => participants.some((participant) => participant.callSid === callSid))
  const legTo = (number: string) => state.twilio.calls.list().find(({ to }) => to === number)
  const who = (sid: string | undefined) => conference()?.participants.find((one) => one.callSid === sid)
  const hangUp = (sid: string) => state.twilioLine.interrupt(sid, { kind: 'end', status: 'completed', by: 'caller' })
  const made = (number: string) =>
    state.twilio.calls.list().filter(({ to, direction }) => to === number && direction === 'outbound-api').length
  return {
    call,
    stage,
    conference,
    legTo,
    who,
    hangUp,
    made,
    at: (is: string) => eventually(async () => (await stage()) === is)
  }
}

void t.test('a caller is handed to a colleague', async (t) => {
  const dialling = await open(t)
  const { state, command } = dialling

  await t.test('the colleague is told, takes over, and hangs up', async (t) => {
    const one = await talk(dialling)
    const see = views(dialling, one)
    const to = nextNumber()
    t.match(await command(TransferCall, { callId: 'none', to, why }), { code: 'TELEPHONY_CALL_NOT_TRANSFERABLE' })
    t.match(await command(TransferCall, { callId: one.callId, to: 'Dana', why }), { code: 'TELEPHONY_NUMBER_INVALID' })
    t.match(await command(CompleteTransfer, { callId: one.callId }), { code: 'TELEPHONY_NO_TRANSFER' })
    t.match(await command(TransferCall, { callId: one.callId, to, why }), { transferId: String })
    t.match(await command(TransferCall, { callId: one.callId, to, why }), { code: 'TELEPHONY_TRANSFER_UNDER_WAY' })
    await see.at('introducing')
    t.match(see.who(one.callSid), { hold: true }, 'the caller hears music')
    t.match(see.who(one.agentSid), { hold: false }, 'whoever hands over is the one who was called')
    t.match(see.who(see.legTo(to)?.sid), { hold: false })
    await command(CompleteTransfer, { callId: one.callId })
    await see.at('with-colleague')
    t.match(see.who(one.callSid), { hold: false })
    await eventually(() => see.conference()?.participants.length === 2)
    await eventually(() => state.twilio.calls.get(one.agentSid)?.status === 'completed')
    t.match(see.who(see.legTo(to)?.sid), { endConferenceOnExit: true })
    see.hangUp(see.legTo(to)?.sid ?? '')
    await eventually(() => state.twilio.calls.get(one.callSid)?.status === 'completed')
    t.ok(state.twilio.calls.get(one.callSid)?.heard.includes('say: Goodbye'), 'then the flow goes on')
    await see.at('over')
    t.equal(see.made(to), 1)
  })

  await t.test('nobody answers, or may not be called: back to the one before; then another colleague', async (t) => {
    const one = await talk(dialling)
    const see = views(dialling, one)
    const [away, closed, there] = [nextNumber(), nextNumber(), nextNumber()]
    state.twilioLine.phones.set(away, { number: away, answers: 'no-answer' })
    await command(TransferCall, { callId: one.callId, to: away, why })
    await see.at('with-agent')
    t.match(see.who(one.callSid), { hold: false })
    t.match(see.who(one.agentSid), { endConferenceOnExit: true })
    await command(SuppressContact, { phone: closed, channels: ['call'], why: 'on the list' })
    await command(TransferCall, { callId: one.callId, to: closed, why })
    await eventually(async () => {
      const { transfer } = await see.call()
      return transfer?.to === closed && transfer.stage === 'with-agent'
    })
    t.equal(see.made(closed), 0)
    await command(TransferCall, { callId: one.callId, to: there, why })
    await see.at('introducing')
    see.hangUp(one.agentSid)
    await see.at('with-colleague')
    t.match(see.who(one.callSid), { hold: false }, 'hanging up completes it')
    t.equal(state.twilio.calls.get(one.callSid)?.status, 'in-progress')
    t.strictSame([away, there].map(see.made), [1, 1])
    see.hangUp(one.callSid)
    await see.at('over')
  })

  await t.test('the agent hangs up while it rings, and nobody answers: the fallback', async (t) => {
    const one = await talk(dialling)
    const see = views(dialling, one)
    const away = nextNumber()
    state.twilioLine.phones.set(away, { number: away, answers: 'no-answer' })
    state.settings.twilioTimeScale = 10
    await command(TransferCall, { callId: one.callId, to: away, why })
    await see.at('calling')
    await eventually(() => see.who(one.callSid)?.hold === true)
    see.hangUp(one.agentSid)
    state.settings.twilioTimeScale = 50
    await see.at('fell-back')
    await eventually(() => state.twilio.calls.get(one.callSid)?.heard.some((what) => what === `dial: ${FALLBACK}`))
    t.equal((await see.call()).fellBack, true)
    t.equal(see.made(away), 1)
    see.hangUp(one.callSid)
  })

  await t.test('the caller hangs up while it rings: nobody is rung any more', async (t) => {
    const one = await talk(dialling)
    const see = views(dialling, one)
    const slow = nextNumber()
    state.twilioLine.phones.set(slow, { number: slow, ringSeconds: 1_000 })
    state.settings.twilioTimeScale = 1
    await command(TransferCall, { callId: one.callId, to: slow, why })
    await see.at('calling')
    await eventually(() => see.legTo(slow)?.status === 'ringing')
    see.hangUp(one.callSid)
    await see.at('over')
    await eventually(() => ['canceled', 'completed'].includes(see.legTo(slow)?.status ?? ''))
    state.settings.twilioTimeScale = 50
    t.equal(see.made(slow), 1)
  })

  await t.test('without news of who is in it', async (t) => {
    const one = await talk(dialling)
    const see = views(dialling, one)
    const to = nextNumber()
    await command(TransferCall, { callId: one.callId, to, why })
    await see.at('introducing')
    const conference = see.conference()
    if (conference) Object.assign(conference, { statusCallback: null })
    see.hangUp(one.agentSid)
    await see.at('with-colleague')
    t.match(see.who(one.callSid), { hold: false })
    see.hangUp(one.callSid)
    await see.at('over')
  })
})

const DEATHS = ['before-list', 'after-move', 'before-moved', 'after-moved', 'after-hold', 'before-stage'] as const

void t.test(
  'a process dies at any place: the colleague is dialled once, and the caller is with somebody',
  async (t) => {
    const rest = telephony.reactors.filter(({ name }) => name !== transferCalls.name)
    const dialling = await open(t, rest)
    const { log, deps, command, history } = dialling
    const now = (): Date => new Date()

    /** One process' attempt; dead, it never ends. */
    const run = async (event: RecordedEvent, death: string | null): Promise<void> => {
      const died = Promise.withResolvers<void>()
      const die = (): Promise<never> => {
        died.resolve()
        return new Promise(() => undefined)
      }
      const twilio = {
        ...deps.twilio,
        listCalls: async (...asked: Parameters<TwilioClient['listCalls']>) =>
          death === 'before-list' ? die() : deps.twilio?.listCalls(...asked),
        updateCall: async (...asked: Parameters<TwilioClient['updateCall']>) => {
          const done = await deps.twilio?.updateCall(...asked)
          return death === 'after-move' ? die() : done
        },
        updateParticipant: async (...asked: Parameters<TwilioClient['updateParticipant']>) => {
          const done = await deps.twilio?.updateParticipant(...asked)
          return death === 'after-hold' ? die() : done
        }
      } as unknown as TwilioClient
      // A ledger of its own that forgets: as after a lease that has ended.
      const effects = {
        ...deps.effects,
        run: async (request: { perform: () => Promise<unknown> }) => ({
          response: await request.perform(),
          how: 'done'
        })
      }
      const context = handlerContext(log, 'transfer-calls', event, now)
      const transact: HandlerContext['transact'] = async (request) => {
        const place = request.step?.startsWith('moved') === true ? 'moved' : 'stage'
        if (death === `before-${place}`) return die()
        const result = await context.transact(request)
        return death === `after-${place}` ? die() : result
      }
      const handled = transferCalls.handle(event, { ...deps, twilio, effects } as never, { ...context, transact })
      await Promise.race([handled, died.promise])
    }

    for (const death of DEATHS) {
      const one = await talk(dialling)
      const see = views(dialling, one)
      const to = nextNumber()
      await command(TransferCall, { callId: one.callId, to, why })
      const requested = (await history(callRef(one.callId))).find((event) => isEvent(event, CallTransferRequested))
      if (requested === undefined) throw new TypeError('it was not recorded')
      await run(requested, death)
      await run(requested, null)
      // The watch of the service sees to the rest.
      await see.at('introducing')
      await command(CompleteTransfer, { callId: one.callId })
      await see.at('with-colleague')
      t.match(see.who(one.callSid), { hold: false }, death)
      t.equal(see.made(to), 1, `${death}: dialled once`)
      see.hangUp(one.callSid)
    }
  }
)
