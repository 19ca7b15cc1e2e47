import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js'
import type { Sound, Verb } from '@leadlog/call-flow'

/** Where Twilio goes on with a call. */
export interface Addresses {
  /** After what this answer does. */
  readonly next: string
  /** While the caller waits in a queue. */
  readonly waiting: string
  /** For news of a recording; null where nothing is to be told. */
  readonly recording: string | null
  /** For news of a conference; null where nothing is to be told. */
  readonly conference: string | null
}

interface Speaking {
  say(attributes: object, text: string): unknown
  play(url: string): unknown
}

/** The verbs as TwiML. */
export function toTwiml(verbs: readonly Verb[], addresses: Addresses): string {
  const response = new VoiceResponse()
  for (const verb of verbs) write(response, verb, addresses)
  return response.toString()
}

function write(response: VoiceResponse, verb: Verb, { next, waiting, recording, conference }: Addresses): void {
  const recorded =
    recording === null
      ? {}
      : { recordingStatusCallback: recording, recordingStatusCallbackEvent: ['completed', 'absent'] }
  switch (verb.verb) {
    case 'say':
    case 'play':
      speak(response, verb)
      return
    case 'gather': {
      const dtmf = verb.input.includes('dtmf')
      const speech = verb.input.includes('speech')
      const gather = response.gather({
        input: [...verb.input],
        action: next,
        method: 'POST',
        timeout: verb.timeoutSeconds,
        // Silence is an answer too; without this Twilio would go on with whatever follows.
        actionOnEmptyResult: true,
        ...(dtmf ? { numDigits: verb.maxDigits, finishOnKey: verb.finishOnKey } : {}),
        ...(speech ? { speechTimeout: 'auto', language: verb.language as never } : {}),
        ...(speech && verb.hints.length > 0 ? { hints: verb.hints.join(', ') } : {})
      })
      for (const sound of verb.sounds) speak(gather, sound)
      return
    }
    case 'dial': {
      const dial = response.dial({
        timeout: verb.timeoutSeconds,
        ...(verb.asksAfterwards ? { action: next, method: 'POST' } : {}),
        ...(verb.record ? { record: 'record-from-answer-dual', ...recorded } : {})
      } as Parameters<VoiceResponse['dial']>[0])
      for (const number of verb.numbers) dial.number(number)
      return
    }
    case 'conference':
      response.dial({ action: next, method: 'POST' }).conference(
        {
          startConferenceOnEnter: verb.startOnEnter,
          endConferenceOnExit: verb.endOnExit,
          beep: 'false',
          ...(conference === null
            ? {}
            : {
                statusCallback: conference,
                statusCallbackEvent: ['start', 'end', 'join', 'leave', 'mute', 'hold'],
                statusCallbackMethod: 'POST'
              })
        },
        verb.room
      )
      return
    case 'record':
      response.record({
        action: next,
        method: 'POST',
        maxLength: verb.maxSeconds,
        timeout: verb.timeoutSeconds,
        finishOnKey: '#',
        playBeep: true,
        ...recorded
      } as Parameters<VoiceResponse['record']>[0])
      return
    case 'enqueue':
      response.enqueue({ action: next, method: 'POST', waitUrl: waiting, waitUrlMethod: 'POST' }, verb.queue)
      return
    case 'ask-again':
      response.redirect({ method: 'POST' }, next)
      return
    case 'pause':
      response.pause({ length: verb.seconds })
      return
    case 'leave':
      response.leave()
      return
    case 'hangup':
      response.hangup()
  }
}

function speak(to: Speaking, sound: Sound): void {
  if (sound.verb === 'play') to.play(sound.url)
  else to.say({ language: sound.language, ...(sound.voice === null ? {} : { voice: sound.voice }) }, sound.text)
}
