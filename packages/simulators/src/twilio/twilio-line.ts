import { setTimeout as delay } from 'node:timers/promises'
import type { SimulatorClock } from '../clock.ts'
import type { FaultBook } from '../faults/fault-book.ts'
import type { Settings } from '../settings.ts'
import type { Answered, CallLine } from './call-line.ts'
import type { CallRecord } from './call-record.ts'
import { CallRun } from './call-run.ts'
import type { Interruption } from './call-run.ts'
import type { CallScript, Phone } from './call-script.ts'
import { createCallbackSender } from './callback-sender.ts'
import type { CallbackSender } from './callback-sender.ts'
import { createConferenceRooms } from './conference-rooms.ts'
import type { ConferenceRooms } from './conference-rooms.ts'
import type { LineTime } from './line-time.ts'
import { createMessageLine } from './message-line.ts'
import type { MessageLine } from './message-line.ts'
import { newCall } from './new-call.ts'
import { createRecordingDesk } from './recording-desk.ts'
import { isOver } from './twilio-resources.ts'
import type { SimulatedCall } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'

export interface LineOptions {
  accountSid: string
  authToken: string
  clock: SimulatorClock
  settings: Settings
  store: TwilioStore
  time: LineTime
  faults?: FaultBook
  stopping: AbortSignal
}

/** Calls and messages of one account, as they happen. */
export interface TwilioLine {
  callbacks: CallbackSender
  conferences: ConferenceRooms
  messages: MessageLine
  /** How telephones behave, by number. */
  phones: Map<string, Phone>
  /** Calls somebody, in the background, as soon as the account may. */
  placeCall(call: SimulatedCall): void
  /** Somebody calls one of the account's numbers. */
  receiveCall(script: CallScript, sid?: string): { sid: string; ended: Promise<CallRecord> }
  /** Breaks into a call; false where it is over. */
  interrupt(sid: string, interruption: Interruption): boolean
  /** Calls that are under way. */
  live(): number
  clear(): void
}

const RING_SECONDS = 3
const USUAL_TALK: Answered['talk'] = [
  { who: 'agent', text: 'Hello, this is Dana. How can I help you?' },
  { who: 'caller', text: 'Hello Dana. I have a question about my demo.' }
]
const USUAL_TALK_SECONDS = 30

export const createTwilioLine = (options: LineOptions): TwilioLine => {
  const { accountSid, authToken, clock, settings, store, time, faults, stopping } = options
  const callbacks = createCallbackSender(authToken, faults)
  const recordings = createRecordingDesk({ accountSid, store, clock }, callbacks)
  const phones = new Map<string, Phone>()
  const phone = (number: string): Phone | undefined => phones.get(number)
  const around = { accountSid, authToken, clock, settings, store, time, callbacks, recordings, phone }
  const conferences = createConferenceRooms(around)
  const messages = createMessageLine(around, stopping)
  const runs = new Map<string, CallRun>()
  /** When the next call may be made, by the machine's clock. */
  let freeAt = 0

  const ring = async (leg: CallRun, signal: AbortSignal): Promise<Answered> => {
    const { answers = 'person', ringSeconds = RING_SECONDS, acts = [], talk, talkSeconds } = phone(leg.call.to) ?? {}
    const answered = (status: Answered['status']): Answered => ({
      status: signal.aborted ? 'canceled' : status,
      by: answers === 'machine' ? 'machine' : 'human',
      acts,
      talk: talk ?? USUAL_TALK,
      talkSeconds: talkSeconds ?? USUAL_TALK_SECONDS
    })
    if (answers === 'failed') return answered('failed')
    leg.setStatus('ringing', 'ringing')
    const rings = answers === 'no-answer' ? Infinity : ringSeconds
    if (rings > leg.call.timeoutSeconds) {
      await time.pass(leg.call.timeoutSeconds, signal)
      return answered('no-answer')
    }
    await time.pass(rings, signal)
    return answered(answers === 'busy' ? 'busy' : 'in-progress')
  }

  const line: CallLine = {
    ...around,
    conferences,
    messages,
    ring,
    bridge: (leg) => {
      runs.set(leg.call.sid, leg)
      return () => runs.delete(leg.call.sid)
    },
    goOn: (leg) => void track(leg, leg.goOn())
  }

  const track = (run: CallRun, work: Promise<CallRecord>): Promise<CallRecord> => {
    runs.set(run.call.sid, run)
    return work.finally(() => runs.delete(run.call.sid))
  }

  /** Waits for the account's turn to make a call. */
  const takeTurn = async (run: CallRun): Promise<void> => {
    const now = performance.now()
    const slot = Math.max(now, freeAt)
    freeAt = slot + 1_000 / settings.twilioCallsPerSecond
    run.call.queueTimeMs = Math.round(slot - now)
    if (slot <= now) return
    const signal = AbortSignal.any([stopping, run.signal])
    await delay(slot - now, undefined, { signal }).catch(() => undefined)
  }

  const detect = (run: CallRun, by: Answered['by']): void => {
    const { call } = run
    if (call.machineDetection === null) return
    const atEnd = call.machineDetection === 'DetectMessageEnd'
    call.answeredBy = by === 'human' ? 'human' : atEnd ? 'machine_end_beep' : 'machine_start'
    const AnsweredBy = call.answeredBy
    if (call.asyncAmdStatusCallback === null) run.answeredFields = { AnsweredBy }
    else {
      run.callback(call.asyncAmdStatusCallback, {
        AccountSid: accountSid,
        CallSid: call.sid,
        AnsweredBy,
        MachineDetectionDuration: '3200'
      })
    }
  }

  const dialOut = async (run: CallRun): Promise<CallRecord> => {
    const { call } = run
    await takeTurn(run)
    if (run.signal.aborted || stopping.aborted) {
      call.status = 'canceled'
      run.endedBy = 'api'
      return run.end()
    }
    run.setStatus('initiated', 'initiated')
    const answered = await ring(run, run.signal)
    if (answered.status !== 'in-progress') {
      call.status = answered.status
      if (answered.status === 'canceled') run.endedBy = 'api'
      const record = await run.end()
      conferences.giveUp(call.sid)
      return record
    }
    run.acts.push(...answered.acts)
    run.talk = answered.talk
    run.begin()
    detect(run, answered.by)
    return run.run()
  }

  return {
    callbacks,
    conferences,
    messages,
    phones,

    placeCall: (call) => {
      const run = new CallRun({ line, call, acts: [] })
      void track(run, dialOut(run))
    },

    receiveCall: (script, sid = store.nextSid('CA')) => {
      const form = new URLSearchParams({ From: script.from, To: script.to, Url: script.voiceUrl })
      if (script.fallbackUrl !== undefined) form.set('FallbackUrl', script.fallbackUrl)
      if (script.statusUrl !== undefined) form.set('StatusCallback', script.statusUrl)
      const call = newCall(form, { sid, direction: 'inbound', parentCallSid: null, at: clock.now() })
      call.status = 'ringing'
      store.calls.save(call)
      const run = new CallRun({ line, call, acts: script.acts, timeoutMs: script.timeoutMs })
      return { sid, ended: track(run, run.run()) }
    },

    interrupt: (sid, interruption) => {
      const run = runs.get(sid)
      if (run === undefined || isOver(run.call)) return false
      run.interrupt(interruption)
      return true
    },

    live: () => runs.size,

    clear: () => {
      for (const run of runs.values()) run.interrupt({ kind: 'end', status: 'canceled', by: 'api' })
      messages.clear()
      conferences.clear()
      phones.clear()
      freeAt = 0
    }
  }
}
