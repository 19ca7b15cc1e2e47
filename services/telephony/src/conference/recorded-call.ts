import type { AggregateRef } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { callRef } from '../call/call-ref.ts'
import { callOf, ownerOf } from '../call/call.ts'
import { conferenceOf } from './conference.ts'
import { conferenceIdOf, conferenceRef } from './room.ts'

/**
 * The call that a recording of a conference is kept with: Twilio names none. Of those who were in it the first whose call is a
 * lead's, or else the first whose call is known. Only a room that a flow has opened can be told by Twilio's id alone.
 *
 * @returns Twilio's id of the call; null where none is known
 */
export async function recordedCall(
  source: { load(ref: AggregateRef): Promise<Pick<AggregateHistory, 'events'>> },
  conferenceSid: string
): Promise<string | null> {
  const { events } = await source.load(conferenceRef(conferenceIdOf('', conferenceSid)))
  let first: string | null = null
  for (const [callId, { callSid }] of conferenceOf(events).participants) {
    const owner = ownerOf(callOf((await source.load(callRef(callId))).events))
    if (owner === null) continue
    if (owner.leadId !== null) return callSid
    first ??= callSid
  }
  return first
}
