import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import type { Settings } from '../settings.ts'
import { bodyText, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { addressIn, callProblem, isAddress, newCall } from './new-call.ts'
import { messageProblem, newMessage } from './new-message.ts'
import { twilioError, twilioFailure } from './twilio-errors.ts'
import { createRecordingMedia, rangeOf } from './recording-media.ts'
import type { MediaFormat } from './recording-media.ts'
import { participantTwiml } from './participant-twiml.ts'
import type { TwilioLine } from './twilio-line.ts'
import { createTwilioPrices } from './twilio-prices.ts'
import { isWithin, listAnswer } from './twilio-lists.ts'
import {
  API_VERSION,
  isOver,
  showAccount,
  showCall,
  showConference,
  showMessage,
  showParticipant,
  showRecording
} from './twilio-resources.ts'
import type { SimulatedConference, SimulatedParticipant, SimulatedRecording } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'

export interface TwilioParts {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  settings: Settings
  store: TwilioStore
  line: TwilioLine
  /** Requests that are being answered. */
  atWork: () => number
}

/** One request of the API. */
interface Call {
  path: string
  sid: string
  /** Of a participant: the call's. */
  callSid: string
  query: URLSearchParams
  form: URLSearchParams
}

/** Twilio's REST API of 2010 for one account. */
export const twilioRest = (parts: TwilioParts): Vendor => {
  const { accountSid, clock, settings, store, line } = parts
  const media = createRecordingMedia()
  const prices = createTwilioPrices(clock, settings)
  const account = `/${API_VERSION}/Accounts/:account`
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${parts.authToken}`).toString('base64')}`)

  const isSignedIn = ({ headers }: FastifyRequest): boolean => {
    const given = Buffer.from(headers.authorization ?? '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  const refuse = (request: FastifyRequest): VendorAnswer | undefined => {
    if (!isSignedIn(request)) return twilioError(20003)
    if (settings.twilioConcurrency !== null && parts.atWork() > settings.twilioConcurrency) return twilioError(20429)
    const { account } = request.params as { account?: string }
    return account === undefined || account === accountSid ? undefined : twilioError(20404)
  }

  const createCall = ({ form }: Call): VendorAnswer => {
    const problem = callProblem(form)
    if (problem !== undefined) return problem
    const made = { sid: store.nextSid('CA'), direction: 'outbound-api' as const, parentCallSid: null, at: clock.now() }
    const call = newCall(form, made)
    store.calls.save(call)
    const answer = jsonAnswer(201, showCall(accountSid, call))
    line.placeCall(call)
    return answer
  }

  const listCalls = ({ path, query }: Call): VendorAnswer => {
    const wanted = ['To', 'From', 'Status', 'ParentCallSid'].map((name) => query.get(name))
    const found = store.calls
      .list()
      .filter(({ to, from, status, parentCallSid }) =>
        [to, from, status, parentCallSid].every((value, index) => wanted[index] === null || wanted[index] === value)
      )
      .filter(
        ({ startedAt, endedAt }) => isWithin(query, 'StartTime', startedAt) && isWithin(query, 'EndTime', endedAt)
      )
    return listAnswer(
      { path, name: 'calls', query },
      found.map((call) => ({ sid: call.sid, shown: showCall(accountSid, call, prices.ofCall(call)) }))
    )
  }

  const getCall = ({ sid }: Call): VendorAnswer => {
    const call = store.calls.get(sid)
    return call === undefined ? twilioError(20404) : jsonAnswer(200, showCall(accountSid, call, prices.ofCall(call)))
  }

  const updateCall = ({ sid, form }: Call): VendorAnswer => {
    const call = store.calls.get(sid)
    if (call === undefined) return twilioError(20404)
    if (isOver(call)) return twilioError(21220)
    const status = form.get('Status')
    const [url, twiml] = [form.get('Url'), form.get('Twiml')]
    const isOn = call.status === 'in-progress'
    if (status === 'completed' || status === 'canceled') {
      // Twilio cancels what has not been answered and completes what has.
      if (status === 'canceled' && isOn) return twilioError(21220)
      line.interrupt(sid, { kind: 'end', status: isOn ? 'completed' : 'canceled', by: 'api' })
      return jsonAnswer(200, showCall(accountSid, { ...call, status: isOn ? 'completed' : 'canceled' }))
    }
    if (!isOn) return twilioError(21220)
    if (twiml !== null) line.interrupt(sid, { kind: 'twiml', twiml })
    else if (url !== null && isAddress(url)) {
      line.interrupt(sid, { kind: 'redirect', url, method: form.get('Method') === 'GET' ? 'GET' : 'POST' })
    } else return twilioError(21205)
    return jsonAnswer(200, showCall(accountSid, call))
  }

  const createMessage = ({ form }: Call): VendorAnswer => {
    const problem = messageProblem(form, store)
    if (problem !== undefined) return problem
    const message = newMessage(form, { sid: store.nextSid('SM'), at: clock.now() })
    const answer = jsonAnswer(201, showMessage(accountSid, message))
    line.messages.send(message)
    return answer
  }

  const listMessages = ({ path, query }: Call): VendorAnswer => {
    const [to, from] = [query.get('To'), query.get('From')]
    const found = store.messages
      .list()
      .filter((message) => (to === null || message.to === to) && (from === null || message.from === from))
      .filter(({ sentAt }) => isWithin(query, 'DateSent', sentAt))
    return listAnswer(
      { path, name: 'messages', query },
      found.map((message) => ({
        sid: message.sid,
        shown: showMessage(accountSid, message, prices.ofMessage(message))
      }))
    )
  }

  const getMessage = ({ sid }: Call): VendorAnswer => {
    const message = store.messages.get(sid)
    return message === undefined
      ? twilioError(20404)
      : jsonAnswer(200, showMessage(accountSid, message, prices.ofMessage(message)))
  }

  const deleteMessage = ({ sid }: Call): VendorAnswer => {
    if (store.messages.get(sid) === undefined) return twilioError(20404)
    store.messages.remove(sid)
    return emptyAnswer(204)
  }

  const listConferences = ({ path, query }: Call): VendorAnswer => {
    const [name, status] = [query.get('FriendlyName'), query.get('Status')]
    const found = store.conferences
      .list()
      .filter((conference) => name === null || conference.friendlyName === name)
      .filter((conference) => status === null || conference.status === status)
    return listAnswer(
      { path, name: 'conferences', query },
      found.map((conference) => ({ sid: conference.sid, shown: showConference(accountSid, conference) }))
    )
  }

  const getConference = ({ sid }: Call): VendorAnswer => {
    const conference = store.conferences.get(sid)
    return conference === undefined ? twilioError(20404) : jsonAnswer(200, showConference(accountSid, conference))
  }

  const updateConference = (call: Call): VendorAnswer => {
    const conference = store.conferences.get(call.sid)
    if (conference === undefined) return twilioError(20404)
    if (call.form.get('Status') === 'completed') line.conferences.end(call.sid)
    return jsonAnswer(200, showConference(accountSid, conference))
  }

  const listParticipants = ({ path, sid, query }: Call): VendorAnswer => {
    const conference = store.conferences.get(sid)
    if (conference === undefined) return twilioError(20404)
    const shown = conference.participants.map((participant) => ({
      sid: participant.callSid,
      shown: showParticipant(accountSid, conference, participant)
    }))
    return listAnswer({ path, name: 'participants', query }, shown)
  }

  const participantAt = ({
    sid,
    callSid
  }: Call): { conference: SimulatedConference; participant: SimulatedParticipant } | undefined => {
    const conference = store.conferences.get(sid)
    const participant = conference?.participants.find((one) => one.callSid === callSid)
    return conference === undefined || participant === undefined ? undefined : { conference, participant }
  }

  const getParticipant = (call: Call): VendorAnswer => {
    const found = participantAt(call)
    if (found === undefined) return twilioError(20404)
    return jsonAnswer(200, showParticipant(accountSid, found.conference, found.participant))
  }

  const addParticipant = ({ sid, form }: Call): VendorAnswer => {
    const known = line.conferences.find(sid)
    if (known === undefined && (/^CF[0-9a-f]{32}$/.test(sid) || store.conferences.get(sid) !== undefined)) {
      return twilioError(20404)
    }
    const dialled = new URLSearchParams(form)
    dialled.set('Twiml', participantTwiml(form, known?.friendlyName ?? sid))
    const problem = callProblem(dialled)
    if (problem !== undefined) return problem
    const made = { sid: store.nextSid('CA'), direction: 'outbound-api' as const, parentCallSid: null, at: clock.now() }
    const call = newCall(dialled, made)
    const participant: SimulatedParticipant = {
      callSid: call.sid,
      label: form.get('Label'),
      muted: form.get('Muted') === 'true',
      hold: false,
      startConferenceOnEnter: form.get('StartConferenceOnEnter') !== 'false',
      endConferenceOnExit: form.get('EndConferenceOnExit') === 'true',
      status: 'ringing',
      joinedAt: clock.now().toISOString()
    }
    const conference = line.conferences.expect(known?.friendlyName ?? sid, participant)
    store.calls.save(call)
    const answer = jsonAnswer(201, showParticipant(accountSid, conference, { ...participant, status: 'queued' }))
    line.placeCall(call)
    return answer
  }

  const updateParticipant = (call: Call): VendorAnswer => {
    const { form, sid, callSid } = call
    const flag = (name: string): boolean | undefined => (form.has(name) ? form.get(name) === 'true' : undefined)
    const holdUrl = addressIn(form, 'HoldUrl')
    const changed = line.conferences.change(sid, callSid, {
      muted: flag('Muted'),
      hold: flag('Hold'),
      endConferenceOnExit: flag('EndConferenceOnExit'),
      ...(holdUrl === null ? {} : { holdUrl })
    })
    return changed ? getParticipant(call) : twilioError(20404)
  }

  const removeParticipant = ({ sid, callSid }: Call): VendorAnswer =>
    line.conferences.remove(sid, callSid) ? emptyAnswer(204) : twilioError(20404)

  const listRecordings = ({ path, sid, query }: Call): VendorAnswer => {
    const [callSid, conferenceSid] = [query.get('CallSid'), query.get('ConferenceSid')]
    const found = store.recordings
      .list()
      .filter((one) => sid === '' || one.callSid === sid || one.conferenceSid === sid)
      .filter((one) => callSid === null || one.callSid === callSid)
      .filter((one) => conferenceSid === null || one.conferenceSid === conferenceSid)
      .filter(({ createdAt }) => isWithin(query, 'DateCreated', createdAt))
    return listAnswer(
      { path, name: 'recordings', query },
      found.map((recording) => ({ sid: recording.sid, shown: shownRecording(recording) }))
    )
  }

  const shownRecording = (recording: SimulatedRecording): JsonObject =>
    showRecording(accountSid, recording, prices.ofRecording(recording))

  const getRecording = ({ sid }: Call): VendorAnswer => {
    const recording = store.recordings.get(sid)
    return recording === undefined ? twilioError(20404) : jsonAnswer(200, shownRecording(recording))
  }

  const deleteRecording = ({ sid }: Call): VendorAnswer => {
    if (store.recordings.get(sid) === undefined) return twilioError(20404)
    store.recordings.remove(sid)
    return emptyAnswer(204)
  }

  const sendMedia = async (
    request: FastifyRequest,
    reply: FastifyReply,
    format: MediaFormat
  ): Promise<FastifyReply> => {
    const { sid = '' } = request.params as { sid?: string }
    const recording = store.recordings.get(sid)
    if (recording?.status !== 'completed') return sendAnswer(reply, twilioError(20404))
    const both = recording.channels === 2 && queryOf(request).get('RequestedChannels') !== '1'
    const file = await media.file(recording, format, both ? 2 : 1)
    const range = rangeOf(request.headers.range, file.length)
    void reply.header('accept-ranges', 'bytes').type(format === 'wav' ? 'audio/x-wav' : 'audio/mpeg')
    if (range === null) return reply.code(416).header('content-range', `bytes */${file.length}`).send('')
    if (range === undefined) return reply.send(file)
    const { from, to } = range
    return reply
      .code(206)
      .header('content-range', `bytes ${from}-${to}/${file.length}`)
      .send(file.subarray(from, to + 1))
  }

  const routes = (app: FastifyInstance): void => {
    app.addHook('preHandler', async (request, reply) => {
      const refusal = refuse(request)
      if (refusal !== undefined) return sendAnswer(reply, refusal)
    })
    const on = (method: 'GET' | 'POST' | 'DELETE', path: string, answer: (call: Call) => VendorAnswer): void => {
      app.route({
        method,
        url: `${account}${path}`,
        handler: (request, reply) => {
          const { sid = '', callSid = '' } = request.params as { sid?: string; callSid?: string }
          const called = request.url.split('?')[0]?.slice('/twilio'.length) ?? ''
          const form = new URLSearchParams(bodyText(request))
          return sendAnswer(reply, answer({ path: called, sid, callSid, query: queryOf(request), form }))
        }
      })
    }
    on('GET', '.json', () => jsonAnswer(200, showAccount(accountSid, parts.authToken)))
    on('POST', '/Calls.json', createCall)
    on('GET', '/Calls.json', listCalls)
    on('GET', '/Calls/:sid.json', getCall)
    on('POST', '/Calls/:sid.json', updateCall)
    on('POST', '/Messages.json', createMessage)
    on('GET', '/Messages.json', listMessages)
    on('GET', '/Messages/:sid.json', getMessage)
    on('DELETE', '/Messages/:sid.json', deleteMessage)
    on('GET', '/Calls/:sid/Recordings.json', listRecordings)
    on('GET', '/Conferences.json', listConferences)
    on('GET', '/Conferences/:sid.json', getConference)
    on('POST', '/Conferences/:sid.json', updateConference)
    on('GET', '/Conferences/:sid/Recordings.json', listRecordings)
    on('GET', '/Conferences/:sid/Participants.json', listParticipants)
    on('POST', '/Conferences/:sid/Participants.json', addParticipant)
    on('GET', '/Conferences/:sid/Participants/:callSid.json', getParticipant)
    on('POST', '/Conferences/:sid/Participants/:callSid.json', updateParticipant)
    on('DELETE', '/Conferences/:sid/Participants/:callSid.json', removeParticipant)
    on('GET', '/Recordings.json', listRecordings)
    on('GET', '/Recordings/:sid.json', getRecording)
    on('DELETE', '/Recordings/:sid.json', deleteRecording)
    for (const format of ['wav', 'mp3'] as const) {
      app.get(`${account}/Recordings/:sid.${format}`, (request, reply) => sendMedia(request, reply, format))
    }
  }

  return { name: 'twilio', routes, failure: ({ code }) => twilioFailure(code) }
}
