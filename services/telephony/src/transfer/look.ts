import { PermanentError } from '@leadlog/contracts'
import { isEnd } from '@leadlog/call-flow'
import { twilioCodeOf, type TwilioClient, type TwilioParticipant } from '@leadlog/twilio/rest'
import type { Call } from '../call/call.ts'
import { roomOf } from '../conference/room.ts'
import type { Dial } from '../dial/dial.ts'
import type { Place, Seen } from './next-stage.ts'
import type { CallTransfer } from './transfer.ts'

/** Longer than it takes into the conference once Twilio was told. */
const MOVES_WITHIN_MS = 30_000
/** Longer than a colleague may ring, from the request on. */
const COMES_WITHIN_MS = 4 * 60_000
const GONE = 20404

/** Where those of a transfer are. */
export interface Sight {
  readonly seen: Seen
  /** Null while there is no conference, or none any more. */
  readonly conferenceSid: string | null
  readonly participants: ReadonlyMap<string, TwilioParticipant>
}

interface Known {
  readonly call: Call
  readonly transfer: CallTransfer
  readonly dial: Dial
  /** The call to the colleague, as far as there is one. */
  readonly colleague: Call
}

/**
 * Looks where the caller, whoever hands over, and the colleague are: Twilio is asked, since its news may be late or lost. Who is in
 * no conference and has no call any more is gone; so is who is on the way for longer than that takes.
 *
 * @throws the errors of the client
 */
export async function lookAt(
  { call, transfer, dial, colleague }: Known,
  twilio: Pick<TwilioClient, 'conferences' | 'participants' | 'call'>,
  now: Date
): Promise<Sight> {
  const callSid = call.received?.callSid ?? ''
  const isBack = call.turns.length >= transfer.turn || call.fellBack
  if (call.ended !== null || isBack) {
    const caller = call.ended !== null ? 'over' : 'elsewhere'
    const colleagueIs = dial.notPlaced !== null || colleague.ended !== null ? 'gone' : 'coming'
    return {
      seen: { caller, agent: 'gone', colleague: colleagueIs },
      conferenceSid: null,
      participants: new Map()
    }
  }
  const open = (await twilio.conferences({ friendlyName: roomOf(transfer.conferenceId) })).find(
    ({ status }) => status !== 'completed'
  )
  const listed = open === undefined ? [] : await twilio.participants(open.sid)
  const participants = new Map(listed.map((participant) => [participant.callSid, participant]))
  const isLateSince = (since: string | null, withinMs: number): boolean =>
    since !== null && now.getTime() > Date.parse(since) + withinMs
  const movingIsLate = isLateSince(transfer.movedAt, MOVES_WITHIN_MS)
  const placeOf = async (sid: string | null, isLate: boolean): Promise<Place> => {
    if (sid === null) return 'gone'
    if (participants.has(sid)) return 'in'
    return isLate || (await isOver(twilio, sid)) ? 'gone' : 'coming'
  }

  const [callerIs, agent, colleagueIs] = await Promise.all([
    placeOf(callSid, false),
    placeOf(transfer.agentCallSid, movingIsLate),
    colleaguePlace()
  ])
  // Who never came in is where they were; what goes on there is none of ours.
  const lost = transfer.stage === 'moving' && movingIsLate
  const caller = callerIs === 'gone' ? 'over' : callerIs === 'coming' && lost ? 'elsewhere' : callerIs
  return { seen: { caller, agent, colleague: colleagueIs }, conferenceSid: open?.sid ?? null, participants }

  async function colleaguePlace(): Promise<Place> {
    if (dial.requested === null || dial.notPlaced !== null) return 'gone'
    const sid = dial.placed?.callSid ?? null
    if (sid !== null && participants.has(sid)) return 'in'
    // They had been in, and left.
    if (colleague.ended !== null || colleague.turns.length > 1) return 'gone'
    const isLate = isLateSince(transfer.movedAt, COMES_WITHIN_MS)
    return sid === null ? (isLate ? 'gone' : 'coming') : placeOf(sid, isLate)
  }
}

async function isOver(twilio: Pick<TwilioClient, 'call'>, sid: string): Promise<boolean> {
  try {
    return isEnd((await twilio.call(sid)).status)
  } catch (error) {
    if (error instanceof PermanentError && twilioCodeOf(error) === GONE) return true
    throw error
  }
}
