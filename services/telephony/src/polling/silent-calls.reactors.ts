import { CallEnded, CallPlaced, CallReceived, CallStatusReported } from '@leadlog/contracts'
import { TimerDue } from '@leadlog/event-log'
import { defineReactor } from '@leadlog/service'
import { twilioCodeOf } from '@leadlog/twilio/rest'
import { callRef } from '../call/call-ref.ts'
import { callOf } from '../call/call.ts'
import type { TelephonyDeps } from '../deps.ts'
import { learnCall, learnGone } from './learn.ts'

/** Nobody talks for longer; and a process that starts does not look further back. */
const SILENT_MS = 2 * 86_400_000
const AGAIN_MS = 86_400_000
const GONE = 20404

/** What its timer tells of a call. */
interface SilentCall {
  readonly callId: string
  readonly callSid: string
}

/** A call has begun → a timer for when it must be over. It is asked about then, although no process remembers it. */
export const setSilenceTimers = defineReactor({
  name: 'set-silence-timers',
  on: [CallReceived, CallPlaced],
  emits: [],
  concurrency: 16,
  handle: async ({ id, time, correlationid, data: { callId, callSid } }, deps: TelephonyDeps) => {
    const at = new Date(Date.parse(time) + SILENT_MS)
    await schedule(deps, { callId, callSid }, at, { id, correlationId: correlationid })
  }
})

/** A call of which no end was heard in two days → Twilio is asked, and once a day until it says how it ended. */
export const endSilentCalls = defineReactor({
  name: 'end-silent-calls',
  on: [TimerDue],
  subjects: ['due.telephony.*'],
  emits: [CallStatusReported, CallEnded],
  concurrency: 4,
  handle: async ({ id, correlationid, data }, deps: TelephonyDeps) => {
    const silent = data.payload as SilentCall
    const isOver = async () => callOf((await deps.log.load(callRef(silent.callId))).events).ended !== null
    if (await isOver()) return
    await ask(deps, silent)
    if (await isOver()) return
    await schedule(deps, silent, new Date(Date.parse(data.dueAt) + AGAIN_MS), { id, correlationId: correlationid })
  }
})

/** Without an account it waits for another day. */
async function ask({ twilio, log, callerId }: TelephonyDeps, { callId, callSid }: SilentCall): Promise<void> {
  if (twilio === null) return
  const open = { id: callId, sid: callSid }
  try {
    await learnCall({ log, twilio, callerId }, open)
  } catch (error) {
    if (twilioCodeOf(error) !== GONE) throw error
    await learnGone({ log }, open)
  }
}

async function schedule(
  { log }: TelephonyDeps,
  payload: SilentCall,
  at: Date,
  cause: { readonly id: string; readonly correlationId: string }
): Promise<void> {
  const key = `silent-${payload.callId}`
  await log.schedule({ service: 'telephony', key, at, payload, actor: 'service:telephony', cause })
}
