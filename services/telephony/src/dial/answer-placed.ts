import { CallConnected, derivedId, newEvent, type DataOf, type DialTarget, type NewEvent } from '@leadlog/contracts'
import { activeTraceparent } from '@leadlog/tracing'
import { answerOf, callAt, settingOf, type Answer } from '../call/answer-call.ts'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { beginningOf, callOf, evolveCall } from '../call/call.ts'
import { takeTurn } from '../call/take-turn.ts'
import { within } from '../call/within.ts'
import { conferenceOf, isOver } from '../conference/conference.ts'
import { conferenceRef, roomOf } from '../conference/room.ts'
import type { TelephonyDeps } from '../deps.ts'
import type { VerifiedRequest } from '../twilio/verified-request.ts'
import { calleeVariables } from './callee.ts'
import { placeDial } from './decide-dial.ts'
import { dialOf, dialRef } from './dial.ts'
import { programOf } from './program-of.ts'

/** What flows may say of the person must not hold up the call. */
const CALLEE_WITHIN_MS = 1_000

/**
 * Somebody answers a call that we placed. It is taken down, with the dial that it is of where Twilio's answer to that was
 * lost, and takes its first steps: through its flow, to one of us, into a conference, or what is to be done with a machine.
 *
 * @throws TransientError where the log is away, RangeError for a dial that never was
 */
export async function answerPlaced(
  deps: TelephonyDeps,
  { fields, callSid }: VerifiedRequest,
  dialId: string
): Promise<Answer> {
  const callId = callIdOf(callSid)
  const [call, { requested }] = await Promise.all([
    callAt(deps, callSid),
    deps.log.load(dialRef(dialId)).then(({ events }) => dialOf(events))
  ])
  if (requested === null) throw new RangeError(`Call ${callSid} names dial ${dialId}, which was never asked for`)
  if (call.received !== null) return answerOf(deps, call, 1)
  const at = deps.clock.now()
  const word = fields['AnsweredBy'] ?? ''
  const answeredBy = /^[a-z_]{1,40}$/.test(word) ? word : null
  const { personId, leadId, from, to, connect } = requested
  const program = (await isTooLate(deps, connect))
    ? { kind: 'hang-up' as const }
    : programOf(requested, answeredBy, roomOf)
  const connected: DataOf<typeof CallConnected> = {
    callId,
    dialId,
    personId,
    leadId,
    callSid,
    from,
    to,
    flow: program === null && connect.kind === 'flow' ? deps.flows.live(connect.flowId) : null,
    program,
    answeredBy,
    variables: {
      ...(await variablesOf(deps, leadId)),
      'caller.number': to ?? '',
      'called.number': from,
      ...(answeredBy === null ? {} : { 'call.answeredBy': answeredBy })
    },
    connectedAt: at.toISOString()
  }
  const received = beginningOf(connected)
  const setting = await settingOf(deps, { received, program })
  if (setting === null) throw new RangeError(`Call ${callSid} has nothing to be connected to`)
  const result = await deps.log.transact({
    cause: { id: derivedId('twilio-request', callSid, '1'), correlationId: dialId, traceparent: activeTraceparent() },
    handler: 'telephony-voice',
    actor: 'provider:twilio',
    load: [callRef(callId), dialRef(dialId)],
    decide: ([history, dialHistory]): readonly NewEvent[] => {
      const before = callOf(history?.events ?? [])
      if (before.received !== null) return []
      const placed = placeDial(dialOf(dialHistory?.events ?? []), before, { callId, callSid, how: 'named-itself' }, at)
      const turn = { turn: 1, input: { kind: 'started' as const }, at }
      return [
        ...('refused' in placed ? [] : placed),
        newEvent(CallConnected, callId, connected),
        ...takeTurn({ ...before, received, program }, turn, setting)
      ]
    }
  })
  const after =
    'refusal' in result || result.repeated ? await callAt(deps, callSid) : result.events.reduce(evolveCall, call)
  return answerOf(deps, after, 1)
}

/** The conference that they were called into is over. */
async function isTooLate({ log }: TelephonyDeps, connect: DialTarget): Promise<boolean> {
  if (connect.kind !== 'conference') return false
  return isOver(conferenceOf((await log.load(conferenceRef(connect.conferenceId))).events))
}

async function variablesOf({ log, logger }: TelephonyDeps, leadId: string | null) {
  try {
    return await within(CALLEE_WITHIN_MS, calleeVariables({ load: (ref) => log.load(ref) }, leadId))
  } catch (error) {
    logger.warn({ err: error, leadId }, 'the lead was not looked up: the call goes on without what is known of them')
    return {}
  }
}
