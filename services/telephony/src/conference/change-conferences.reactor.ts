import { ConferenceChangeRequested, ConferenceReported, isEvent, PermanentError } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import { twilioCodeOf, type TwilioClient } from '@leadlog/twilio/rest'
import type { TelephonyDeps } from '../deps.ts'
import { requireTwilio } from '../twilio/twilio-access.ts'
import { conferenceOf, isIn, type Conference } from './conference.ts'
import { isNewest } from './decide-conference.ts'
import { conferenceRef } from './room.ts'

/** Twilio's codes for who or what is not there any more. */
const GONE: ReadonlySet<number | undefined> = new Set([20404, 21220])

type Change = Conference['changes'][number]

/**
 * What is wanted of conferences → done at Twilio. An end that was wanted before anybody had joined is made good with the first
 * news. What a later change takes the place of is left out, so that an old one that was held up undoes nothing.
 */
export const changeConferences = defineReactor({
  name: 'change-conferences',
  on: [ConferenceChangeRequested, ConferenceReported],
  emits: [],
  concurrency: 8,
  handle: async (event, deps: TelephonyDeps, context) => {
    const conference = conferenceOf((await context.load(conferenceRef(event.data.conferenceId))).events)
    const wanted = isEvent(event, ConferenceChangeRequested)
      ? conference.changes.find(({ changeId }) => changeId === event.data.changeId)
      : conference.changes.find(({ change }) => change.kind === 'end')
    if (wanted === undefined || conference.conferenceSid === null || conference.ended) return
    if (!isNewest(conference, wanted.changeId)) return
    const { conferenceSid } = conference
    const { effects, twilio } = requireTwilio(deps)
    await effects.run<{ done: boolean }>({
      vendor: 'twilio',
      operation: `conference-${wanted.change.kind}`,
      key: `conference:${wanted.changeId}`,
      digest: requestDigest({ conferenceSid, ...wanted.change }),
      // Once more, it is as it was.
      policy: 'upsert',
      perform: async () => {
        try {
          return { done: await carryOut(twilio, conference, conferenceSid, wanted) }
        } catch (error) {
          if (error instanceof PermanentError && GONE.has(twilioCodeOf(error))) return { done: false }
          throw error
        }
      }
    })
  }
})

async function carryOut(
  twilio: TwilioClient,
  conference: Conference,
  conferenceSid: string,
  { change }: Change
): Promise<boolean> {
  if (change.kind === 'end') {
    await twilio.updateConference(conferenceSid, { status: 'completed' })
    return true
  }
  const participant = conference.participants.get(change.callId)
  if (participant === undefined || !isIn(conference, change.callId)) return false
  const { callSid } = participant
  if (change.kind === 'mute') await twilio.updateParticipant(conferenceSid, callSid, { muted: change.on })
  else if (change.kind === 'hold') await twilio.updateParticipant(conferenceSid, callSid, { hold: change.on })
  else await twilio.removeParticipant(conferenceSid, callSid)
  return true
}
