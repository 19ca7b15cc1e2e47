import type { CallRun, Next } from '../call-run.ts'
import type { SimulatedRecording, Utterance } from '../twilio-resources.ts'
import type { TwimlElement } from '../twiml-document.ts'

const DEFAULT_TIMEOUT_SECONDS = 5
const MOST_SECONDS = 3_600

/** Takes a message. Silence goes to the next verb, a hang-up without a word ends the call; either leaves an absent recording. */
export const record = async (run: CallRun, verb: TwimlElement, url: string): Promise<Next> => {
  const act = run.acts.shift()
  run.call.heard.push('beep')
  if (act?.do !== 'speak') {
    await run.pass(Number(verb.attributes.timeout ?? DEFAULT_TIMEOUT_SECONDS))
    take(run, verb, url, { seconds: 0, startedAt: run.line.clock.now(), said: [] })
    return act?.do === 'hang-up' ? run.hangUp() : 'next'
  }
  const seconds = Math.min(act.seconds ?? 10, Number(verb.attributes.maxLength ?? MOST_SECONDS))
  const startedAt = run.line.clock.now()
  run.says('caller', act.text)
  await run.pass(seconds)
  const said = [{ second: 0, who: 'caller' as const, text: act.text }]
  const recording = take(run, verb, url, { seconds, startedAt, said })
  const action = new URL(verb.attributes.action ?? url, url).href
  const gone = act.thenHangUp === true
  const next = await run.ask(action, {
    ...run.line.recordings.fields(recording),
    RecordingDuration: String(seconds),
    Digits: gone ? 'hangup' : ''
  })
  return gone ? run.hangUp() : next
}

const take = (
  run: CallRun,
  verb: TwimlElement,
  url: string,
  heard: { seconds: number; startedAt: Date; said: readonly Utterance[] }
): SimulatedRecording =>
  run.line.recordings.add({
    ...heard,
    callSid: run.call.sid,
    channels: 1,
    source: 'RecordVerb',
    callback: callbackOf(verb, url),
    events: eventsOf(verb),
    onAnswer: (request) => run.requests.push(request)
  })

/** Where news of a recording goes. */
export const callbackOf = ({ attributes }: TwimlElement, url: string): string | undefined =>
  attributes.recordingStatusCallback === undefined ? undefined : new URL(attributes.recordingStatusCallback, url).href

export const eventsOf = ({ attributes }: TwimlElement): readonly string[] =>
  attributes.recordingStatusCallbackEvent?.split(' ') ?? ['completed']
