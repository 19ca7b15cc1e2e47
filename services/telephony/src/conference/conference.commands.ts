import {
  AddParticipant,
  CallCancelRequested,
  CallRequested,
  ConferenceChangeRequested,
  ConferenceOpened,
  CreateConference,
  derivedId,
  EndConference,
  HoldParticipant,
  MuteParticipant,
  ParticipantInvited,
  RemoveParticipant,
  type ConferenceChange,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { findCallee } from '../dial/callee.ts'
import { cancelDial, requestCall } from '../dial/decide-dial.ts'
import { dialIdOf, dialOf, dialRef } from '../dial/dial.ts'
import { leadUnknown, numberInvalid } from '../errors.ts'
import { isPhoneNumber } from '../number/phone-number.ts'
import { twilioAccess } from '../twilio/twilio-access.ts'
import { conferenceOf } from './conference.ts'
import { changeConference, inviteInto, openConference } from './decide-conference.ts'
import { conferenceRef } from './room.ts'

/** Who is waiting in a conference is not kept waiting for somebody who comes much later. */
const PLACE_WITHIN_MS = 2 * 60_000
const RING_SECONDS = 30

/** Opens a conference. */
export const createConferenceCommand = defineCommandHandler({
  command: CreateConference,
  emits: [ConferenceOpened],
  handle: async ({ name }, _deps: unknown, { commandId, sentAt, transact }) => {
    const conferenceId = derivedId('conference', commandId)
    await transact({
      load: [conferenceRef(conferenceId)],
      decide: ([history]) =>
        openConference(conferenceOf(history?.events ?? []), { conferenceId, name, openedAt: sentAt })
    })
    return { conferenceId }
  }
})

/** Calls somebody into a conference. */
export const addParticipantCommand = defineCommandHandler({
  command: AddParticipant,
  emits: [ParticipantInvited, CallRequested],
  handle: async (asked, deps: TelephonyDeps, { commandId, sentAt, load, transact }) => {
    const { conferenceId, to, from, why } = asked
    const access = twilioAccess(deps)
    if ('refused' in access) return access
    if (![to, from].every(isPhoneNumber)) return numberInvalid()
    const callee = await findCallee({ load, callerId: deps.callerId }, to, asked.leadId)
    if (callee === null) return leadUnknown(asked.leadId ?? '')
    const dialId = dialIdOf(commandId)
    const result = await transact({
      load: [conferenceRef(conferenceId), dialRef(dialId)],
      decide: ([history, dialHistory]) => {
        const invited = inviteInto(conferenceOf(history?.events ?? []), { conferenceId, dialId, at: sentAt })
        if ('refused' in invited) return invited
        const requested = requestCall(dialOf(dialHistory?.events ?? []), {
          dialId,
          personId: callee.personId,
          leadId: callee.leadId,
          to,
          from,
          connect: { kind: 'conference', conferenceId },
          purpose: asked.purpose ?? 'service',
          onMachine: { kind: 'hang-up' },
          ringSeconds: RING_SECONDS,
          placeBefore: new Date(Date.parse(sentAt) + PLACE_WITHIN_MS).toISOString(),
          why,
          requestedAt: sentAt
        })
        return [...invited, ...requested]
      }
    })
    return 'refusal' in result ? result.refusal : { conferenceId, dialId }
  }
})

export const muteParticipantCommand = defineCommandHandler({
  command: MuteParticipant,
  emits: [ConferenceChangeRequested],
  handle: ({ conferenceId, callId, muted }, deps: TelephonyDeps, context) =>
    requestChange(conferenceId, { kind: 'mute', callId, on: muted }, deps, context)
})

export const holdParticipantCommand = defineCommandHandler({
  command: HoldParticipant,
  emits: [ConferenceChangeRequested],
  handle: ({ conferenceId, callId, hold }, deps: TelephonyDeps, context) =>
    requestChange(conferenceId, { kind: 'hold', callId, on: hold }, deps, context)
})

export const removeParticipantCommand = defineCommandHandler({
  command: RemoveParticipant,
  emits: [ConferenceChangeRequested],
  handle: ({ conferenceId, callId }, deps: TelephonyDeps, context) =>
    requestChange(conferenceId, { kind: 'remove', callId }, deps, context)
})

/** Ends a conference; who is still being called is not any more. */
export const endConferenceCommand = defineCommandHandler({
  command: EndConference,
  emits: [ConferenceChangeRequested, CallCancelRequested],
  handle: ({ conferenceId }, deps: TelephonyDeps, context) =>
    requestChange(conferenceId, { kind: 'end' }, deps, context)
})

async function requestChange(
  conferenceId: string,
  change: ConferenceChange,
  deps: TelephonyDeps,
  { commandId, sentAt, load, transact }: CommandContext
): Promise<{ conferenceId: string; changeId: string } | Refusal> {
  const access = twilioAccess(deps)
  if ('refused' in access) return access
  const ref = conferenceRef(conferenceId)
  const changeId = derivedId('conference-change', commandId)
  const dials = change.kind === 'end' ? conferenceOf((await load(ref)).events).dials : []
  const result = await transact({
    load: [ref, ...dials.map(dialRef)],
    decide: ([history, ...dialHistories]) => {
      const conference = conferenceOf(history?.events ?? [])
      const requested = changeConference(conference, { conferenceId, changeId, change, at: sentAt })
      if ('refused' in requested) return requested
      return [...requested, ...dialHistories.flatMap(({ events }) => cancelDial(dialOf(events), null, sentAt))]
    }
  })
  return 'refusal' in result ? result.refusal : { conferenceId, changeId }
}
