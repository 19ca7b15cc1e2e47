import type { SimulatorClock } from '../clock.ts'
import type { CallRun } from './call-run.ts'
import type { CallbackSender } from './callback-sender.ts'
import type { LineTime } from './line-time.ts'
import type { RecordingDesk } from './recording-desk.ts'
import { rfc2822 } from './rfc2822.ts'
import { ANSWER_LIMIT_MS, postToApp } from './twilio-http.ts'
import type { SimulatedConference, SimulatedParticipant, Utterance } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'
import { parseTwiml } from './twiml-document.ts'
import type { TwimlElement } from './twiml-document.ts'
import { callbackOf, eventsOf } from './verbs/record.ts'

/** Why somebody left. */
export type LeaveReason =
  | 'participant_hung_up'
  | 'moderator_ended_conference'
  | 'conference_ended_via_api'
  | 'participant_updated_via_api'
  | 'participant_add_failed'

export interface ParticipantChange {
  muted?: boolean | undefined
  hold?: boolean | undefined
  holdUrl?: string | undefined
  endConferenceOnExit?: boolean | undefined
}

/** Rooms in which calls talk to each other. */
export interface ConferenceRooms {
  /** A call comes in and stays: so long, until it leaves, or until it is over. */
  stay(
    run: CallRun,
    noun: TwimlElement,
    url: string,
    until: { seconds: number | undefined; leaves: boolean }
  ): Promise<void>
  /** Somebody is being dialled. Opens the room where there is none. */
  expect(name: string, participant: SimulatedParticipant): SimulatedConference
  /** Somebody who was dialled did not come. */
  giveUp(callSid: string): void
  change(sid: string, callSid: string, change: ParticipantChange): boolean
  remove(sid: string, callSid: string): boolean
  end(sid: string): boolean
  /** The open room with the name or sid. */
  find(nameOrSid: string): SimulatedConference | undefined
  clear(): void
}

interface Member {
  run: CallRun
  participant: SimulatedParticipant
  /** By the clock of the call, since the conference began. */
  since: number
  leave: (reason: LeaveReason) => void
}

interface Room {
  conference: SimulatedConference
  members: Map<string, Member>
  recording: { callback: string | undefined; events: readonly string[] } | undefined
  startedAt: Date | undefined
  /** Reading of `performance.now()` when it began. */
  startedMark: number
  firstCallSid: string
  seconds: number
  said: Utterance[]
}

interface Surroundings {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  time: LineTime
  store: TwilioStore
  callbacks: CallbackSender
  recordings: RecordingDesk
}

const PEOPLE_TO_BEGIN = 2

const words: Readonly<Record<string, string>> = {
  'conference-start': 'start',
  'conference-end': 'end',
  'participant-join': 'join',
  'participant-leave': 'leave',
  'participant-mute': 'mute',
  'participant-unmute': 'mute',
  'participant-hold': 'hold',
  'participant-unhold': 'hold',
  'participant-modify': 'modify'
}

export const createConferenceRooms = (around: Surroundings): ConferenceRooms => {
  const { accountSid, authToken, clock, time, store, callbacks, recordings } = around
  const rooms = new Map<string, Room>()

  const roomOf = (nameOrSid: string): Room | undefined =>
    rooms.get(nameOrSid) ?? [...rooms.values()].find(({ conference }) => conference.sid === nameOrSid)

  const save = ({ conference }: Room): void => {
    conference.updatedAt = clock.now().toISOString()
    store.conferences.save(conference)
  }

  const open = (name: string, callSid: string): Room => {
    const known = roomOf(name)
    if (known !== undefined) return known
    const at = clock.now().toISOString()
    const conference: SimulatedConference = {
      sid: store.nextSid('CF'),
      friendlyName: name,
      status: 'init',
      createdAt: at,
      updatedAt: at,
      participants: [],
      statusCallback: null,
      statusCallbackEvents: [],
      sequence: 1,
      reasonEnded: null,
      callSidEnding: null
    }
    const room: Room = {
      conference,
      members: new Map(),
      recording: undefined,
      startedAt: undefined,
      startedMark: 0,
      firstCallSid: callSid,
      seconds: 0,
      said: []
    }
    rooms.set(name, room)
    save(room)
    return room
  }

  const tell = (room: Room, event: string, more: Readonly<Record<string, string>> = {}): void => {
    const { conference } = room
    const sequence = conference.sequence
    conference.sequence += 1
    save(room)
    const { statusCallback, statusCallbackEvents } = conference
    if (statusCallback === null || !statusCallbackEvents.includes(words[event] ?? event)) return
    void callbacks.send(statusCallback, {
      ConferenceSid: conference.sid,
      FriendlyName: conference.friendlyName,
      AccountSid: accountSid,
      SequenceNumber: String(sequence),
      Timestamp: rfc2822(clock.now()),
      StatusCallbackEvent: event,
      ...more
    })
  }

  const fieldsOf = (participant: SimulatedParticipant): Record<string, string> => ({
    CallSid: participant.callSid,
    Muted: String(participant.muted),
    Hold: String(participant.hold),
    Coaching: 'false',
    EndConferenceOnExit: String(participant.endConferenceOnExit),
    StartConferenceOnEnter: String(participant.startConferenceOnEnter),
    ...(participant.label === null ? {} : { ParticipantLabel: participant.label })
  })

  const begin = (room: Room): void => {
    const { conference, members } = room
    if (conference.status !== 'init' || members.size < PEOPLE_TO_BEGIN) return
    if (![...members.values()].some(({ participant }) => participant.startConferenceOnEnter)) return
    conference.status = 'in-progress'
    room.startedAt = clock.now()
    room.startedMark = performance.now()
    for (const member of members.values()) member.since = member.run.seconds
    tell(room, 'conference-start')
  }

  const finish = (room: Room, reason: string, last: SimulatedParticipant | undefined): void => {
    const { conference } = room
    if (conference.status === 'completed') return
    rooms.delete(conference.friendlyName)
    Object.assign(conference, { status: 'completed', reasonEnded: reason, callSidEnding: last?.callSid ?? null })
    tell(room, 'conference-end', {
      ReasonConferenceEnded: reason,
      Reason: last === undefined ? 'The conference was ended via API' : `Participant with CallSID ${last.callSid} left`,
      ...(last === undefined ? {} : { CallSidEndingConference: last.callSid }),
      ...(last?.label ? { ParticipantLabelEndingConference: last.label } : {})
    })
    if (room.recording === undefined) return
    recordings.add({
      callSid: room.firstCallSid,
      conferenceSid: conference.sid,
      seconds: room.seconds,
      channels: 1,
      source: 'Conference',
      startedAt: room.startedAt ?? new Date(conference.createdAt),
      said: room.said.sort((a, b) => a.second - b.second),
      ...room.recording
    })
  }

  const leave = (room: Room, member: Member, reason: LeaveReason): void => {
    const { conference, members } = room
    const { participant, run, since } = member
    members.delete(participant.callSid)
    conference.participants = conference.participants.filter(({ callSid }) => callSid !== participant.callSid)
    if (room.startedAt !== undefined) {
      room.seconds = Math.max(room.seconds, run.seconds - since, time.since(room.startedMark))
      for (const words of run.call.said) {
        if (words.second >= since) room.said.push({ ...words, second: words.second - since })
      }
    }
    tell(room, 'participant-leave', {
      ...fieldsOf(participant),
      ParticipantCallStatus: reason === 'participant_hung_up' ? 'completed' : run.call.status,
      ReasonParticipantLeft: reason
    })
    if (participant.endConferenceOnExit && members.size > 0 && conference.status !== 'completed') {
      for (const other of [...members.values()]) other.leave('moderator_ended_conference')
      finish(room, 'participant-with-end-conference-on-exit-left', participant)
    } else if (members.size === 0 && !conference.participants.some(({ status }) => status === 'ringing')) {
      finish(
        room,
        reason === 'conference_ended_via_api' ? 'conference-ended-via-api' : 'last-participant-left',
        participant
      )
    }
  }

  const hear = async (run: CallRun, holdUrl: string): Promise<void> => {
    const answer = await postToApp({ authToken, url: holdUrl, fields: run.common(), timeoutMs: ANSWER_LIMIT_MS })
    run.requests.push(answer.request)
    const document = parseTwiml(answer.body)
    if (typeof document === 'string') run.call.heard.push('hold music')
    else for (const { name, text } of document.children) run.call.heard.push(`hold ${name.toLowerCase()}: ${text}`)
  }

  const memberOf = (sid: string, callSid: string): { room: Room; member: Member } | undefined => {
    const room = roomOf(sid)
    const member = room?.members.get(callSid)
    return room === undefined || member === undefined ? undefined : { room, member }
  }

  return {
    find: (nameOrSid) => roomOf(nameOrSid)?.conference,

    async stay(run, noun, url, { seconds, leaves }) {
      const { attributes, text } = noun
      const room = open(text, run.call.sid)
      const { conference, members } = room
      if (conference.statusCallback === null && attributes.statusCallback !== undefined) {
        conference.statusCallback = new URL(attributes.statusCallback, url).href
        conference.statusCallbackEvents = attributes.statusCallbackEvent?.split(' ') ?? []
      }
      if (attributes.record === 'record-from-start' && room.recording === undefined) {
        room.recording = { callback: callbackOf(noun, url), events: eventsOf(noun) }
      }
      const expected = conference.participants.find(({ callSid }) => callSid === run.call.sid)
      const participant: SimulatedParticipant = expected ?? {
        callSid: run.call.sid,
        label: attributes.participantLabel ?? null,
        muted: attributes.muted === 'true',
        hold: false,
        startConferenceOnEnter: attributes.startConferenceOnEnter !== 'false',
        endConferenceOnExit: attributes.endConferenceOnExit === 'true',
        status: 'connected',
        joinedAt: clock.now().toISOString()
      }
      participant.status = 'connected'
      if (expected === undefined) conference.participants.push(participant)
      const gone = new AbortController()
      let reason: LeaveReason = leaves ? 'participant_hung_up' : 'participant_updated_via_api'
      const member: Member = {
        run,
        participant,
        since: run.seconds,
        leave: (why) => {
          reason = why
          gone.abort()
          leave(room, member, why)
        }
      }
      members.set(run.call.sid, member)
      tell(room, 'participant-join', fieldsOf(participant))
      begin(room)
      const signal = AbortSignal.any([run.signal, gone.signal])
      run.seconds += await time.pass(seconds ?? time.openEndedSeconds, signal)
      if (members.get(run.call.sid) === member) {
        if (seconds !== undefined || time.openEndedSeconds <= run.seconds) reason = 'participant_hung_up'
        leave(room, member, run.signal.aborted ? 'participant_updated_via_api' : reason)
      }
      run.checkInterrupted()
    },

    expect: (name, participant) => {
      const room = open(name, participant.callSid)
      room.conference.participants.push(participant)
      save(room)
      return room.conference
    },

    giveUp: (callSid) => {
      for (const room of rooms.values()) {
        const { conference, members } = room
        const missing = conference.participants.find((one) => one.callSid === callSid && one.status !== 'connected')
        if (missing === undefined) continue
        conference.participants = conference.participants.filter((one) => one !== missing)
        tell(room, 'participant-leave', {
          ...fieldsOf(missing),
          ParticipantCallStatus: store.calls.get(callSid)?.status ?? 'failed',
          ReasonParticipantLeft: 'participant_add_failed'
        })
        if (members.size === 0 && conference.participants.length === 0) finish(room, 'last-participant-left', missing)
      }
    },

    change: (sid, callSid, { muted, hold, holdUrl, endConferenceOnExit }) => {
      const found = memberOf(sid, callSid)
      if (found === undefined) return false
      const { room, member } = found
      const { participant, run } = member
      if (muted !== undefined && muted !== participant.muted) {
        participant.muted = muted
        tell(room, muted ? 'participant-mute' : 'participant-unmute', fieldsOf(participant))
      }
      if (hold !== undefined && hold !== participant.hold) {
        participant.hold = hold
        tell(room, hold ? 'participant-hold' : 'participant-unhold', fieldsOf(participant))
        if (hold && holdUrl !== undefined) run.awaitToo(hear(run, holdUrl))
      }
      if (endConferenceOnExit !== undefined && endConferenceOnExit !== participant.endConferenceOnExit) {
        participant.endConferenceOnExit = endConferenceOnExit
        tell(room, 'participant-modify', fieldsOf(participant))
      }
      return true
    },

    remove: (sid, callSid) => {
      const found = memberOf(sid, callSid)
      found?.member.leave('participant_updated_via_api')
      return found !== undefined
    },

    end: (sid) => {
      const room = roomOf(sid)
      if (room === undefined) return false
      for (const member of [...room.members.values()]) member.leave('conference_ended_via_api')
      finish(room, 'conference-ended-via-api', undefined)
      return true
    },

    clear: () => rooms.clear()
  }
}
