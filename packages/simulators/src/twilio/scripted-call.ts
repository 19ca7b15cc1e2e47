import type { CallerAct, CallScript } from './call-script.ts'
import { rfc2822 } from './rfc2822.ts'
import { sidOf } from './sids.ts'
import { parseTwiml } from './twiml-document.ts'
import type { TwimlElement } from './twiml-document.ts'
import { twimlProblems } from './twiml-rules.ts'
import { ANSWER_LIMIT_MS, postToApp } from './twilio-http.ts'
import type { TwilioAnswer, TwilioRequest } from './twilio-http.ts'

/** A call as it went. */
export interface CallRecord {
  sid: string
  from: string
  to: string
  status: string
  /** By the clock of the call: texts, pauses and waits take the time that they would take. */
  seconds: number
  /** What the caller heard and what was done, in order. */
  heard: readonly string[]
  requests: readonly TwilioRequest[]
  /** What was wrong with the answers. */
  problems: readonly string[]
  endedBy: 'caller' | 'flow' | 'error' | 'rejected'
}

export interface CallSetting {
  accountSid: string
  authToken: string
  /** Makes the ids of the call. */
  seed: string
  now: () => Date
}

/** The call goes on with this document, with the next verb, or not at all. */
type Next = { document: TwimlElement; url: string } | 'next' | 'over'

const CHARACTERS_A_SECOND = 15
const DIAL_SECONDS = 30
/** Nobody stays longer; a document that leads to itself for ever is a mistake of the app. */
const MOST_DOCUMENTS = 1_000
const DEFAULT_TIMEOUT_SECONDS = 5
const XML_TYPES = /^(text\/xml|application\/xml|application\/xhtml\+xml|text\/html)/

/** Runs a call from its first request to its last callback, as fast as the app answers. */
export const runCall = async (script: CallScript, setting: CallSetting): Promise<CallRecord> =>
  new ScriptedCall(script, setting).run()

class ScriptedCall {
  readonly #script: CallScript
  readonly #setting: CallSetting
  readonly #sid: string
  readonly #acts: CallerAct[]
  readonly #heard: string[] = []
  readonly #requests: TwilioRequest[] = []
  readonly #problems: string[] = []
  readonly #callbacks: Promise<unknown>[] = []
  #status = 'ringing'
  #seconds = 0
  #documents = 0
  #legs = 0
  #endedBy: CallRecord['endedBy'] = 'flow'

  constructor(script: CallScript, setting: CallSetting) {
    this.#script = script
    this.#setting = setting
    this.#sid = sidOf('CA', setting.seed)
    this.#acts = [...script.acts]
  }

  async run(): Promise<CallRecord> {
    const { from, to, voiceUrl } = this.#script
    let next: Next = await this.#ask(voiceUrl, {})
    while (typeof next === 'object') {
      if (this.#status === 'ringing' && next.document.children[0]?.name !== 'Reject') this.#status = 'in-progress'
      next = await this.#runDocument(next.document, next.url)
    }
    if (this.#status === 'ringing' || this.#status === 'in-progress') this.#status = 'completed'
    await Promise.all(this.#callbacks)
    await this.#reportEnd()
    return {
      sid: this.#sid,
      from,
      to,
      status: this.#status,
      seconds: Math.round(this.#seconds),
      heard: this.#heard,
      requests: this.#requests,
      problems: this.#problems,
      endedBy: this.#endedBy
    }
  }

  /** Verb after verb; a document that ends hangs up. */
  async #runDocument(document: TwimlElement, url: string): Promise<Next> {
    for (const verb of document.children) {
      const next = await this.#runVerb(verb, url)
      if (next !== 'next') return next
    }
    return 'over'
  }

  async #runVerb(verb: TwimlElement, url: string): Promise<Next> {
    switch (verb.name) {
      case 'Say':
      case 'Play':
      case 'Pause':
        this.#sound(verb)
        return 'next'
      case 'Gather':
        return this.#gather(verb, url)
      case 'Record':
        return this.#record(verb, url)
      case 'Dial':
        return this.#dial(verb, url)
      case 'Enqueue':
        return this.#enqueue(verb, url)
      case 'Redirect':
        return this.#ask(new URL(verb.text, url).href, {})
      case 'Reject':
        this.#status = verb.attributes.reason === 'busy' ? 'busy' : 'no-answer'
        this.#endedBy = 'rejected'
        return 'over'
      case 'Sms':
        this.#heard.push(`sms: ${verb.text}`)
        return 'next'
      default:
        this.#heard.push(verb.name.toLowerCase())
        return 'over'
    }
  }

  #sound({ name, text, attributes }: TwimlElement): void {
    if (name === 'Pause') {
      this.#seconds += Number(attributes.length ?? 1)
      return
    }
    this.#heard.push(`${name.toLowerCase()}: ${text}`)
    this.#seconds += Math.max(1, text.length / CHARACTERS_A_SECOND)
  }

  async #gather(verb: TwimlElement, url: string): Promise<Next> {
    for (const sound of verb.children) this.#sound(sound)
    const { input = 'dtmf', numDigits, finishOnKey = '#', timeout, actionOnEmptyResult } = verb.attributes
    const act = this.#acts.shift()
    if (act?.do === 'hang-up') return this.#hangUp()
    // Without an action the same document comes again.
    const action = new URL(verb.attributes.action ?? url, url).href
    if (act?.do === 'press' && input.includes('dtmf')) {
      const until = finishOnKey === '' ? -1 : act.digits.indexOf(finishOnKey)
      const typed = until === -1 ? act.digits : act.digits.slice(0, until)
      const digits = typed.slice(0, numDigits === undefined ? undefined : Number(numDigits))
      if (digits !== '') return this.#ask(action, { Digits: digits, FinishedOnKey: until === -1 ? '' : finishOnKey })
    }
    if (act?.do === 'speak' && input.includes('speech') && act.text.trim() !== '') {
      return this.#ask(action, {
        SpeechResult: act.text,
        Confidence: '0.9219571',
        Language: verb.attributes.language ?? 'en-US'
      })
    }
    this.#seconds += timeout === undefined || timeout === 'auto' ? DEFAULT_TIMEOUT_SECONDS : Number(timeout)
    return actionOnEmptyResult === 'true' ? this.#ask(action, input.includes('dtmf') ? { Digits: '' } : {}) : 'next'
  }

  async #record(verb: TwimlElement, url: string): Promise<Next> {
    const act = this.#acts.shift()
    this.#heard.push('beep')
    if (act?.do !== 'speak') {
      this.#seconds += Number(verb.attributes.timeout ?? DEFAULT_TIMEOUT_SECONDS)
      return act?.do === 'hang-up' ? this.#hangUp() : 'next'
    }
    const seconds = Math.min(act.seconds ?? 10, Number(verb.attributes.maxLength ?? 3_600))
    this.#seconds += seconds
    const recording = this.#recording(verb, seconds, 'RecordVerb', '1')
    const action = new URL(verb.attributes.action ?? url, url).href
    const next = await this.#ask(action, {
      ...recording,
      RecordingDuration: String(seconds),
      Digits: act.thenHangUp === true ? 'hangup' : ''
    })
    return act.thenHangUp === true ? this.#hangUp() : next
  }

  async #dial(verb: TwimlElement, url: string): Promise<Next> {
    const { action } = verb.attributes
    const target = verb.children.map(({ text }) => text).join(', ') || verb.text
    const conference = verb.children.some(({ name }) => name === 'Conference')
    this.#heard.push(`${conference ? 'conference' : 'dial'}: ${target}`)
    const act = this.#acts.shift()
    const gone = act?.do === 'hang-up'
    const status = act?.do === 'called' ? act.status : 'completed'
    const seconds = act?.do === 'called' ? (act.seconds ?? DIAL_SECONDS) : DIAL_SECONDS
    this.#seconds += seconds
    if (gone) this.#leaveNow()
    if (action === undefined) return gone ? 'over' : 'next'
    this.#legs += 1
    const leg = conference
      ? {}
      : {
          DialCallSid: sidOf('CA', this.#setting.seed, 'leg', String(this.#legs)),
          DialBridged: String(status === 'completed'),
          ...(status === 'completed' ? { DialCallDuration: String(seconds) } : {}),
          ...(status === 'completed' && verb.attributes.record?.startsWith('record') === true
            ? this.#recording(verb, seconds, 'DialVerb', verb.attributes.record.endsWith('dual') ? '2' : '1')
            : {})
        }
    const next = await this.#ask(new URL(action, url).href, { DialCallStatus: status, ...leg })
    return gone ? 'over' : next
  }

  async #enqueue(verb: TwimlElement, url: string): Promise<Next> {
    const { action, waitUrl } = verb.attributes
    this.#heard.push(`queue: ${verb.text}`)
    const act = this.#acts.shift()
    const queue = { QueueSid: sidOf('QU', verb.text) }
    const patience = act?.do === 'wait' ? act.seconds : act?.do === 'hang-up' ? 0 : Number.POSITIVE_INFINITY
    const gone = act?.do === 'hang-up' || (act?.do === 'wait' && act.then === 'hang-up')
    const began = this.#seconds
    let result = gone ? 'hangup' : 'bridged'
    while (waitUrl !== undefined && this.#seconds - began < patience) {
      const before = this.#seconds
      const waited = Math.floor(this.#seconds - began)
      const document = await this.#ask(
        new URL(waitUrl, url).href,
        { ...queue, QueuePosition: '1', QueueTime: String(waited), AvgQueueTime: '0', CurrentQueueSize: '1' },
        true
      )
      if (typeof document !== 'object') return document
      for (const verb of document.document.children) if (verb.name !== 'Leave') this.#sound(verb)
      if (document.document.children.some(({ name }) => name === 'Leave')) {
        result = 'leave'
        break
      }
      // A wait document without anything in it comes again at once; the queue's own music takes its time.
      if (this.#seconds === before) this.#seconds += 1
    }
    if (gone && result === 'hangup') this.#leaveNow()
    const QueueTime = String(Math.floor(this.#seconds - began))
    if (action === undefined) return gone ? 'over' : 'next'
    const next = await this.#ask(new URL(action, url).href, { ...queue, QueueResult: result, QueueTime })
    return gone && result === 'hangup' ? 'over' : next
  }

  #recording(verb: TwimlElement, seconds: number, source: string, channels: string): Record<string, string> {
    const { accountSid, seed, now } = this.#setting
    const sid = sidOf('RE', seed, 'recording', String(this.#requests.length))
    const recording = {
      RecordingSid: sid,
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`
    }
    const { recordingStatusCallback } = verb.attributes
    if (recordingStatusCallback !== undefined) {
      this.#callback(recordingStatusCallback, {
        AccountSid: accountSid,
        CallSid: this.#sid,
        ...recording,
        RecordingStatus: 'completed',
        RecordingDuration: String(seconds),
        RecordingChannels: channels,
        RecordingStartTime: rfc2822(now()),
        RecordingSource: source,
        RecordingTrack: 'both',
        ErrorCode: '0'
      })
    }
    return recording
  }

  #hangUp(): Next {
    this.#leaveNow()
    return 'over'
  }

  #leaveNow(): void {
    this.#status = 'completed'
    this.#endedBy = 'caller'
  }

  /** Asks for a document; where none comes, the fallback; where that fails too, the call ends. */
  async #ask(url: string, fields: Readonly<Record<string, string>>, waiting = false): Promise<Next> {
    const first = await this.#fetchDocument(url, fields, waiting)
    if (typeof first === 'object') return first
    const { fallbackUrl } = this.#script
    if (fallbackUrl === undefined) return this.#fail()
    const second = await this.#fetchDocument(fallbackUrl, { ErrorCode: first, ErrorUrl: url }, false)
    return typeof second === 'object' ? second : this.#fail()
  }

  #fail(): Next {
    this.#heard.push('say: an application error has occurred')
    this.#endedBy = 'error'
    return 'over'
  }

  /** The document, or Twilio's code of what is wrong with the answer. */
  async #fetchDocument(
    url: string,
    fields: Readonly<Record<string, string>>,
    waiting: boolean
  ): Promise<{ document: TwimlElement; url: string } | string> {
    this.#documents += 1
    if (this.#documents > MOST_DOCUMENTS) {
      this.#problems.push('the call goes round without an end')
      return '11205'
    }
    const answer = await this.#post(url, { ...this.#common(), ...fields })
    const code = answer.request.errorCode ?? this.#documentError(answer, url, waiting)
    answer.request.errorCode = code
    if (code !== null) return code
    const document = parseTwiml(answer.body)
    return typeof document === 'string' ? '12100' : { document, url }
  }

  #documentError({ contentType, body }: TwilioAnswer, url: string, waiting: boolean): string | null {
    if (!XML_TYPES.test(contentType)) {
      this.#problems.push(`${url} answered ${contentType || 'no content type'}`)
      return '12300'
    }
    const problems = twimlProblems(body, { waiting })
    this.#problems.push(...problems.map((problem) => `${url}: ${problem}`))
    return problems.length > 0 ? '12200' : null
  }

  async #post(url: string, fields: Readonly<Record<string, string>>): Promise<TwilioAnswer> {
    const { authToken } = this.#setting
    const answer = await postToApp({ authToken, url, fields, timeoutMs: this.#script.timeoutMs ?? ANSWER_LIMIT_MS })
    this.#requests.push(answer.request)
    return answer
  }

  #callback(url: string, fields: Readonly<Record<string, string>>): void {
    this.#callbacks.push(this.#post(url, fields))
  }

  async #reportEnd(): Promise<void> {
    const { statusUrl } = this.#script
    if (statusUrl === undefined) return
    const seconds = Math.max(1, Math.round(this.#seconds))
    await this.#post(statusUrl, {
      ...this.#common(),
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
      Timestamp: rfc2822(this.#setting.now()),
      SipResponseCode: this.#status === 'completed' ? '200' : '486',
      ...(this.#status === 'completed'
        ? { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) }
        : { CallDuration: '0' })
    })
  }

  #common(): Record<string, string> {
    const { from, to } = this.#script
    return {
      AccountSid: this.#setting.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: this.#sid,
      CallStatus: this.#status,
      Direction: 'inbound',
      From: from,
      To: to,
      Caller: from,
      Called: to
    }
  }
}
