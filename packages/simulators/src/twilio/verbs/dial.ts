import type { Answered } from '../call-line.ts'
import { CallRun } from '../call-run.ts'
import type { Next } from '../call-run.ts'
import { newCall } from '../new-call.ts'
import type { SimulatedCall } from '../twilio-resources.ts'
import type { TwimlElement } from '../twiml-document.ts'
import { callbackOf, eventsOf } from './record.ts'

const DEFAULT_TIMEOUT_SECONDS = 30
/** How long people talk who are not told how long. */
export const TALK_SECONDS = 30

/** Puts the call through to somebody, or into a conference. */
export const dial = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  const room = verb.children.find(({ name }) => name === 'Conference')
  const target = verb.children.map(({ text }) => text).join(', ') || verb.text
  run.call.heard.push(`${room ? 'conference' : 'dial'}: ${target}`)
  return room === undefined ? dialNumbers(run, verb, url) : enterConference(run, verb, room, url)
}

const enterConference = async (run: CallRun, verb: TwimlElement, room: TwimlElement, url: string): Promise<Next> => {
  const act = run.acts.shift()
  const patience = act?.do === 'called' ? (act.seconds ?? TALK_SECONDS) : act?.do === 'wait' ? act.seconds : undefined
  const leaves = act?.do === 'hang-up' || (act?.do === 'wait' && act.then === 'hang-up')
  const talk = act?.do === 'called' ? (act.talk ?? run.talk) : run.talk
  for (const { text } of talk.filter(({ who }) => who === 'caller')) run.says('caller', text)
  await run.line.conferences.stay(run, room, url, { seconds: act?.do === 'hang-up' ? 0 : patience, leaves })
  if (leaves) run.leaveNow()
  const { action } = verb.attributes
  if (action === undefined) return leaves ? 'over' : 'next'
  const next = await run.ask(new URL(action, url).href, { DialCallStatus: 'completed' })
  return leaves ? 'over' : next
}

const dialNumbers = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  const { action } = verb.attributes
  const act = run.acts.shift()
  const gone = act?.do === 'hang-up'
  const number = verb.children[0]?.text ?? verb.text
  const leg = legOf(run, verb, number, url)
  const answered: Answered =
    act?.do === 'called'
      ? {
          status: act.status === 'completed' ? 'in-progress' : (act.status as Answered['status']),
          by: 'human',
          acts: [],
          talk: act.talk ?? [],
          talkSeconds: act.seconds ?? TALK_SECONDS
        }
      : await ringFor(run, leg)
  const talks = answered.status === 'in-progress'
  const seconds = talks ? answered.talkSeconds : act?.do === 'called' ? (act.seconds ?? DEFAULT_TIMEOUT_SECONDS) : 0
  const startedAt = run.line.clock.now()
  const began = run.seconds
  if (talks) {
    leg.call.status = 'ringing'
    leg.begin()
    const each = seconds / Math.max(1, answered.talk.length)
    for (const [index, { who, text }] of answered.talk.entries()) run.says(who, text, began + index * each)
  }
  const letGo = talks ? run.line.bridge(leg) : undefined
  run.seconds += await run.line.time.pass(seconds, AbortSignal.any([run.signal, leg.signal]))
  letGo?.()
  leg.seconds = run.seconds - began
  if (talks && leg.signal.aborted && !run.signal.aborted) run.line.goOn(leg)
  else {
    leg.call.status = talks ? 'completed' : answered.status
    run.awaitToo(leg.end())
  }
  run.checkInterrupted()
  if (gone) run.leaveNow()
  const talked = leg.signal.aborted ? Math.round(leg.seconds) : seconds
  const recorded = recordDial(run, verb, url, { talks, seconds: talked, startedAt, began })
  if (action === undefined) return gone ? 'over' : 'next'
  const next = await run.ask(new URL(action, url).href, {
    DialCallStatus: talks ? 'completed' : answered.status,
    DialCallSid: leg.call.sid,
    DialBridged: String(talks),
    ...(talks ? { DialCallDuration: String(talked) } : {}),
    ...recorded
  })
  return gone ? 'over' : next
}

const ringFor = async (run: CallRun, leg: CallRun): Promise<Answered> => {
  try {
    return await run.line.ring(leg, run.signal)
  } finally {
    // Whoever broke in while it rang ends the ringing.
    if (run.signal.aborted) {
      leg.call.status = 'canceled'
      run.awaitToo(leg.end())
      run.checkInterrupted()
    }
  }
}

/** The call to whoever is dialled. */
const legOf = (run: CallRun, verb: TwimlElement, number: string, url: string): CallRun => {
  const { line } = run
  const noun = verb.children[0]
  const form = new URLSearchParams({ From: verb.attributes.callerId ?? run.call.from, To: number })
  const made = {
    sid: line.store.nextSid('CA'),
    direction: 'outbound-dial' as const,
    parentCallSid: run.call.sid,
    at: line.clock.now()
  }
  const call: SimulatedCall = {
    ...newCall(form, made),
    timeoutSeconds: Number(verb.attributes.timeout ?? DEFAULT_TIMEOUT_SECONDS),
    statusCallback:
      noun?.attributes.statusCallback === undefined ? null : new URL(noun.attributes.statusCallback, url).href,
    statusCallbackEvents: noun?.attributes.statusCallbackEvent?.split(' ') ?? ['completed']
  }
  const leg = new CallRun({ line, call, acts: [] })
  leg.setStatus('queued', 'initiated')
  return leg
}

const recordDial = (
  run: CallRun,
  verb: TwimlElement,
  url: string,
  spoken: { talks: boolean; seconds: number; startedAt: Date; began: number }
): Record<string, string> => {
  const how = verb.attributes.record
  if (!spoken.talks || how?.startsWith('record') !== true) return {}
  const recording = run.line.recordings.add({
    callSid: run.call.sid,
    seconds: spoken.seconds,
    channels: how.endsWith('dual') ? 2 : 1,
    source: 'DialVerb',
    startedAt: spoken.startedAt,
    said: run.call.said
      .filter(({ second }) => second >= spoken.began)
      .map((words) => ({ ...words, second: words.second - spoken.began })),
    callback: callbackOf(verb, url),
    events: eventsOf(verb),
    onAnswer: (request) => run.requests.push(request)
  })
  return recording.status === 'completed' ? run.line.recordings.fields(recording) : {}
}
