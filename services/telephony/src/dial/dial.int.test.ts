import {
  AddParticipant,
  CallNotPlaced,
  CancelCall,
  CreateConference,
  EndConference,
  HoldParticipant,
  MuteParticipant,
  RemoveParticipant,
  CallPlaced,
  CallRequested,
  isEvent,
  newEvent,
  PlaceCall,
  SuppressContact,
  testIntegrations,
  type DataOf,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { createEffectLedger } from '@leadlog/outbound'
import { eventually } from '@leadlog/testing'
import { createLogger, openPostgres, type HandlerContext } from '@leadlog/service'
import type { TwilioClient } from '@leadlog/twilio/rest'
import t from 'tap'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { conferenceOf, isIn } from '../conference/conference.ts'
import { conferenceRef } from '../conference/room.ts'
import { handlerContext, startDialling, type Dialling } from '../fixtures/dialling.ts'
import { dialOf, dialRef } from './dial.ts'
import { placeCalls } from './place-calls.reactor.ts'

const OURS = '+16465550100'
const AGENT = '+14155550177'
const why = 'asked for a call back'
const numberOf = (index: number): string => `+1415555${String(2_000 + index)}`

const dialledTo = ({ state }: Dialling, number: string): string[] =>
  state.twilio.calls
    .list()
    .filter(({ to }) => to === number)
    .map(({ sid }) => sid)

void t.test('calls are placed once each while a fifth of what is asked of Twilio fails', async (t) => {
  const dialling = await startDialling(t)
  const { command, history, state, ask } = dialling
  const order = { from: OURS, connect: { number: AGENT }, why }
  state.faults.set([
    {
      vendor: 'twilio',
      kind: ['500', 'drop-after', '429', 'reset'],
      probability: 0.2,
      seed: 'dial',
      retryAfterSeconds: 0
    },
    // Whatever the seed says: made, and nobody was told; not made, and nobody was told.
    { vendor: 'twilio', route: 'POST', kind: 'drop-after', count: 1 },
    { vendor: 'twilio', route: 'POST', kind: '500', count: 1, after: 3 }
  ])
  const numbers = Array.from({ length: 16 }, (_, index) => numberOf(index))
  const asked = await Promise.all(numbers.map((to) => command(PlaceCall, { ...order, to })))
  const dialOfNumber = async (index: number) => dialOf(await history(dialRef(String(asked[index]?.['dialId']))))
  await eventually(async () => {
    for (const index of numbers.keys()) if ((await dialOfNumber(index)).placed === null) return false
    return true
  })
  for (const [index, number] of numbers.entries()) {
    const { placed } = await dialOfNumber(index)
    t.strictSame(dialledTo(dialling, number), [placed?.callSid], 'dialled once, and it is known which call that is')
  }
  const faults = state.journal.list({ vendor: 'twilio' }).filter(({ fault }) => fault !== null)
  t.ok(faults.length >= 3, 'it did fail')
  // A call names its dial before Twilio's answer to that, or the look for it, is noted.
  await eventually(async () => (await dialling.deps.effects?.countUnresolved())?.unknown === 0)
  state.faults.set([])

  await t.test('somebody who is not to be called is not', async (t) => {
    const to = numberOf(50)
    await command(SuppressContact, { phone: to, channels: ['call'], why: 'on the list' })
    const { dialId } = await command(PlaceCall, { ...order, to })
    const dial = await eventually(async () => {
      const now = dialOf(await history(dialRef(String(dialId))))
      return now.notPlaced === null ? undefined : now
    })
    t.match(dial, {
      notPlaced: { reason: 'suppressed', check: { channel: 'call', result: 'suppressed' } },
      placed: null
    })
    t.strictSame(dialledTo(dialling, to), [])
  })

  await t.test('what Twilio refuses is said with its code; nonsense is refused before', async (t) => {
    state.faults.set([{ vendor: 'twilio', kind: 'error', code: '21215', count: 1 }])
    const { dialId } = await command(PlaceCall, { ...order, to: numberOf(51) })
    await eventually(async () => dialOf(await history(dialRef(String(dialId)))).notPlaced !== null)
    const [last] = (await history(dialRef(String(dialId)))).slice(-1)
    t.ok(last && isEvent(last, CallNotPlaced))
    t.match(last?.data, { reason: 'refused', code: 'TWILIO_21215' })
    t.match(await command(PlaceCall, { ...order, to: 'Marco' }), { code: 'TELEPHONY_NUMBER_INVALID' })
    t.match(await command(PlaceCall, { ...order, to: numberOf(1), connect: { flowId: 'nothing' } }), {
      code: 'TELEPHONY_FLOW_NOT_PUBLISHED'
    })
    t.match(await command(PlaceCall, { ...order, to: numberOf(1), leadId: 'nobody' }), {
      code: 'TELEPHONY_LEAD_UNKNOWN'
    })
    t.match(await command(CancelCall, { dialId: 'nothing' }), { code: 'TELEPHONY_DIAL_UNKNOWN' })
  })

  await t.test('who answers is connected; a machine hears the message; and who placed it is known', async (t) => {
    const to = numberOf(52)
    const onMachine = { kind: 'message' as const, text: 'This is Leadlog. We call again.' }
    const { dialId } = await command(PlaceCall, { ...order, to, onMachine })
    const ref = dialRef(String(dialId))
    await eventually(async () => dialOf(await history(ref)).placed !== null)
    const [callSid = ''] = dialledTo(dialling, to)
    t.match(state.twilio.calls.get(callSid), { machineDetection: 'DetectMessageEnd' })
    const fields = { CallSid: callSid, CallStatus: 'in-progress', Direction: 'outbound-api', From: OURS, To: to }
    const path = `/twilio/voice?dial=${String(dialId)}`
    const machine = await ask(path, { ...fields, AnsweredBy: 'machine_end_beep' })
    t.match(machine, /We call again/)
    t.equal(await ask(path, fields), machine, 'asked again, it says the same')

    const person = 'CA'.padEnd(34, 'd')
    const human = await ask(path, { ...fields, CallSid: person, AnsweredBy: 'human' })
    t.match(human, new RegExp(`<Number>\\${AGENT}</Number>`), 'a call that nobody had told us of names its dial')
    const events = await history(callRef(callIdOf(person)))
    t.match(events[0], { type: CallPlaced.type, data: { dialId, to } })
    const [requested] = await history(ref)
    t.match(requested, { actor: 'user:ada', data: { why, to, from: OURS } })
    t.match(await ask('/twilio/voice?dial=never', { ...fields, CallSid: 'CA'.padEnd(34, 'e') }), /\+14155550111/)
  })

  await t.test('people see that the account answers', async (t) => {
    t.match(await command(testIntegrations('telephony'), { vendor: 'twilio' }), {
      integrations: [{ vendor: 'twilio', inUse: true, circuit: 'closed', inside: true, test: { ok: true } }]
    })
  })

  await t.test('a conference: people are called into it, changed as is asked for, and it ends', async (t) => {
    const { conferenceId } = await command(CreateConference, { name: 'Demo' })
    const id = String(conferenceId)
    const to = numberOf(54)
    t.match(await command(AddParticipant, { conferenceId: 'none', to, from: OURS, why }), {
      code: 'TELEPHONY_CONFERENCE_UNKNOWN'
    })
    const { dialId } = await command(AddParticipant, { conferenceId: id, to, from: OURS, why })
    await eventually(async () => dialOf(await history(dialRef(String(dialId)))).placed !== null)
    const [callSid = ''] = dialledTo(dialling, to)
    const call = { CallSid: callSid, CallStatus: 'in-progress', Direction: 'outbound-api', From: OURS, To: to }
    const twiml = await ask(`/twilio/voice?dial=${String(dialId)}`, call)
    t.match(
      twiml,
      new RegExp(`<Conference [^>]*statusCallback="[^"]*/webhooks/twilio/conference"[^>]*>conference-${id}<`)
    )

    const ConferenceSid = 'CF'.padEnd(34, 'c')
    const news = (SequenceNumber: string, StatusCallbackEvent: string) =>
      ask('/webhooks/twilio/conference', {
        ConferenceSid,
        FriendlyName: `conference-${id}`,
        SequenceNumber,
        StatusCallbackEvent,
        ...(StatusCallbackEvent.startsWith('conference') ? {} : { CallSid: callSid, Muted: 'false', Hold: 'false' })
      })
    const conference = async () => conferenceOf(await history(conferenceRef(id)))
    const callId = callIdOf(callSid)
    t.match(await command(MuteParticipant, { conferenceId: id, callId, muted: true }), {
      code: 'TELEPHONY_PARTICIPANT_UNKNOWN'
    })
    await news('1', 'participant-join')
    await news('0', 'conference-start')
    await eventually(async () => isIn(await conference(), callId))
    const asked = (method: string, rest: string) =>
      state.journal.list({ vendor: 'twilio' }).filter((one) => one.method === method && one.path.includes(rest))
    const participant = `/Conferences/${ConferenceSid}/Participants/${callSid}`
    await command(MuteParticipant, { conferenceId: id, callId, muted: true })
    await eventually(() => asked('POST', participant).some(({ body }) => body.includes('Muted=true')))
    await command(HoldParticipant, { conferenceId: id, callId, hold: true })
    await eventually(() => asked('POST', participant).some(({ body }) => body.includes('Hold=true')))
    await command(RemoveParticipant, { conferenceId: id, callId })
    await eventually(() => asked('DELETE', participant).length === 1)
    await command(EndConference, { conferenceId: id })
    await eventually(() => asked('POST', `/Conferences/${ConferenceSid}.json`).length === 1)
    t.match(await command(AddParticipant, { conferenceId: id, to, from: OURS, why }), {
      code: 'TELEPHONY_CONFERENCE_OVER'
    })
    const late = await ask(`/twilio/voice?dial=${String(dialId)}`, { ...call, CallSid: 'CA'.padEnd(34, 'f') })
    t.notMatch(late, 'Conference', 'who comes too late is let go')
  })

  await t.test('a call that is not wanted any more is ended', async (t) => {
    const to = numberOf(53)
    const { dialId } = await command(PlaceCall, { ...order, to })
    await eventually(async () => dialOf(await history(dialRef(String(dialId)))).placed !== null)
    const [callSid = ''] = dialledTo(dialling, to)
    // Whatever became of it at the other end: here it rings.
    const call = state.twilio.calls.get(callSid)
    if (call) state.twilio.calls.save(Object.assign(call, { status: 'ringing' }))
    t.match(await command(CancelCall, { dialId: String(dialId), why: 'wrong number' }), { state: 'placed' })
    await eventually(() => ['completed', 'canceled'].includes(state.twilio.calls.get(callSid)?.status ?? ''))
  })
})

/** Where a process can die: before or after what it does next. */
const DEATHS = ['before-clear', 'after-clear', 'before-dial', 'after-dial', 'before-noting', 'after-noting'] as const
type Death = (typeof DEATHS)[number]

void t.test('a process dies at any place: the number is dialled once', async (t) => {
  const dialling = await startDialling(t, { reactors: [] })
  const { log, deps, history, databaseUrl } = dialling
  const logger = createLogger({ service: 'telephony', level: 'silent' })
  const postgres = openPostgres({ url: databaseUrl, applicationName: 'test', logger })
  t.teardown(() => postgres.close())
  const clock = { at: Date.now() }
  const now = (): Date => new Date(clock.at)
  let processes = 0

  /** One process' attempt at it; dead, it never ends. */
  const run = async (event: RecordedEvent, death: Death | null): Promise<'done' | 'dead'> => {
    const died = Promise.withResolvers<'dead'>()
    const die = (): Promise<never> => {
      died.resolve('dead')
      return new Promise(() => undefined)
    }
    processes += 1
    const effects = createEffectLedger({
      db: postgres.db,
      schema: 'telephony',
      owner: `process-${String(processes)}`,
      clock: now
    })
    const createCall: TwilioClient['createCall'] = async (call) => {
      if (death === 'before-dial') return die()
      const made = await deps.twilio?.createCall(call)
      return death === 'after-dial' || made === undefined ? die() : made
    }
    const twilio = { ...deps.twilio, createCall } as unknown as TwilioClient
    const context = handlerContext(log, 'place-calls', event, now)
    const transact: HandlerContext['transact'] = async (request) => {
      const place = request.step?.startsWith('clear') === true ? 'clear' : 'noting'
      if (death === `before-${place}`) return die()
      const result = await context.transact(request)
      return death === `after-${place}` ? die() : result
    }
    const handled = placeCalls.handle(event, { ...deps, effects, twilio }, { ...context, transact })
    return Promise.race([handled.then(() => 'done' as const), died.promise])
  }

  const request = async (index: number): Promise<EventOf<typeof CallRequested>> => {
    const to = numberOf(100 + index)
    const data: DataOf<typeof CallRequested> = {
      dialId: `dial-${String(index)}`,
      personId: deps.callerId(to),
      leadId: null,
      to,
      from: OURS,
      connect: { kind: 'number', number: AGENT },
      purpose: 'service',
      onMachine: { kind: 'talk' },
      ringSeconds: 30,
      placeBefore: new Date(clock.at + 3_600_000).toISOString(),
      why,
      // By the clock of Twilio's list; the others are ahead of it.
      requestedAt: new Date().toISOString()
    }
    const result = await log.transact({
      cause: { id: data.dialId, correlationId: data.dialId },
      handler: 'test',
      actor: 'service:telephony',
      load: [],
      decide: () => [newEvent(CallRequested, data.dialId, data)]
    })
    const [event] = 'events' in result ? result.events : []
    if (!event || !isEvent(event, CallRequested)) throw new TypeError('it was not recorded')
    return event
  }

  const twice: [Death, Death][] = [
    ['before-dial', 'after-dial'],
    ['after-dial', 'after-dial'],
    ['after-dial', 'before-noting'],
    ['after-clear', 'before-clear']
  ]
  const deaths: readonly Death[][] = [...DEATHS.map((one) => [one]), ...twice]
  for (const [index, fates] of deaths.entries()) {
    const event = await request(index)
    for (const fate of fates) {
      await run(event, fate)
      // Its lease ends, and Twilio's list is whole.
      clock.at += 150_000
    }
    await run(event, null)
    const { placed } = dialOf(await history(dialRef(event.data.dialId)))
    t.strictSame(dialledTo(dialling, event.data.to ?? ''), [placed?.callSid], fates.join(', then '))
  }
  const again = await request(0)
  t.equal(await run(again, null), 'done')
  t.equal(dialledTo(dialling, numberOf(100)).length, 1, 'handled again, nobody is dialled')
})
