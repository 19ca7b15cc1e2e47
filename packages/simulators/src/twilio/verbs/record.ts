import type { CallRun, Next } from '../call-run.ts'
import type { TwimlElement } from '../twiml-document.ts'

const DEFAULT_TIMEOUT_SECONDS = 5
const MOST_SECONDS = 3_600

/** Takes a message. Silence goes to the next verb, a hang-up without a word ends the call; either leaves no recording. */
export const record = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  const act = run.acts.shift()
  run.call.heard.push('beep')
  if (act?.do !== 'speak') {
    await run.pass(Number(verb.attributes.timeout ?? DEFAULT_TIMEOUT_SECONDS))
    return act?.do === 'hang-up' ? run.hangUp() : 'next'
  }
  const seconds = Math.min(act.seconds ?? 10, Number(verb.attributes.maxLength ?? MOST_SECONDS))
  const startedAt = run.line.clock.now()
  run.says('caller', act.text)
  await run.pass(seconds)
  const { recordings } = run.line
  const recording = recordings.add({
    callSid: run.call.sid,
    seconds,
    channels: 1,
    source: 'RecordVerb',
    startedAt,
    said: [{ second: 0, who: 'caller', text: act.text }],
    callback: callbackOf(verb, url),
    events: eventsOf(verb),
    onAnswer: (request) => run.requests.push(request)
  })
  const action = new URL(verb.attributes.action ?? url, url).href
  const gone = act.thenHangUp === true
  const next = await run.ask(action, {
    ...recordings.fields(recording),
    RecordingDuration: String(seconds),
    Digits: gone ? 'hangup' : ''
  })
  return gone ? run.hangUp() : next
}

/** Where news of a recording goes. */
export const callbackOf = ({ attributes }: TwimlElement, url: string): string | undefined =>
  attributes.recordingStatusCallback === undefined ? undefined : new URL(attributes.recordingStatusCallback, url).href

export const eventsOf = ({ attributes }: TwimlElement): readonly string[] =>
  attributes.recordingStatusCallbackEvent?.split(' ') ?? ['completed']
