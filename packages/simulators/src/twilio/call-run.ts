import type { Answered, CallLine } from './call-line.ts'
import type { CallRecord } from './call-record.ts'
import type { CallerAct } from './call-script.ts'
import { rfc2822 } from './rfc2822.ts'
import { ANSWER_LIMIT_MS, postToApp } from './twilio-http.ts'
import type { TwilioAnswer, TwilioRequest } from './twilio-http.ts'
import { isOver } from './twilio-resources.ts'
import type { SimulatedCall, Utterance } from './twilio-resources.ts'
import { parseTwiml } from './twiml-document.ts'
import type { TwimlElement } from './twiml-document.ts'
import { twimlProblems } from './twiml-rules.ts'
import { runVerb } from './verbs/run-verb.ts'

/** The call goes on with this document, with the next verb, or not at all. */
export type Next = { document: TwimlElement; url: string } | 'next' | 'over'

/** Something from outside that breaks into what the call is doing. */
export type Interruption =
  | { kind: 'redirect'; url: string; method?: 'GET' | 'POST' }
  | { kind: 'twiml'; twiml: string }
  | { kind: 'end'; status: 'completed' | 'canceled'; by: CallRecord['endedBy'] }

/** Thrown through the verbs, caught where the call takes its next document. */
class Interrupted extends Error {
  readonly interruption: Interruption
  constructor(interruption: Interruption) {
    super(interruption.kind)
    this.interruption = interruption
  }
}

const CHARACTERS_A_SECOND = 15
/** What relative addresses of a document would be read against that came from no address. */
const NOWHERE = 'https://twiml.invalid/'
/** Nobody stays longer; a document that leads to itself for ever is a mistake of the app. */
const MOST_DOCUMENTS = 1_000
const XML_TYPES = /^(text\/xml|application\/xml|application\/xhtml\+xml|text\/html)/

export interface CallRunOptions {
  line: CallLine
  call: SimulatedCall
  acts: readonly CallerAct[]
  timeoutMs?: number | undefined
}

/** One call, from its first request to its last callback. */
export class CallRun {
  readonly line: CallLine
  readonly call: SimulatedCall
  readonly acts: CallerAct[]
  readonly requests: TwilioRequest[] = []
  /** By the clock of the call, since it was answered. */
  seconds = 0
  endedBy: CallRecord['endedBy'] = 'flow'
  talk: Answered['talk'] = []
  /** What is put to the first request besides the usual. */
  answeredFields: Record<string, string> = {}
  #interruption: Interruption | undefined
  #break = new AbortController()
  #documents = 0
  readonly #timeoutMs: number
  readonly #callbacks: Promise<void>[] = []

  constructor({ line, call, acts, timeoutMs = ANSWER_LIMIT_MS }: CallRunOptions) {
    this.line = line
    this.call = call
    this.acts = [...acts]
    this.#timeoutMs = timeoutMs
  }

  /** Ends when somebody breaks in; waits of the call end with it. */
  get signal(): AbortSignal {
    return this.#break.signal
  }

  /** Breaks into the call. The last word counts, but nothing takes back an end. */
  interrupt(interruption: Interruption): void {
    if (this.#interruption?.kind !== 'end') this.#interruption = interruption
    this.#break.abort()
  }

  /** Runs what the call's own address or TwiML says, to the end of the call. */
  async run(): Promise<CallRecord> {
    const { url, twiml } = this.call
    const next = await this.#guarded(() =>
      twiml === null
        ? this.ask(url ?? '', this.answeredFields)
        : Promise.resolve(this.#documentOf(twiml, url ?? NOWHERE))
    )
    return this.#runFrom(next)
  }

  /** Runs what broke into the call, to its end. */
  async goOn(): Promise<CallRecord> {
    return this.#runFrom(await this.#guarded(() => Promise.resolve('over')))
  }

  async #runFrom(first: Next): Promise<CallRecord> {
    let next = first
    while (typeof next === 'object') {
      const { document, url: at } = next
      if (this.call.status === 'ringing' && document.children[0]?.name !== 'Reject') this.begin()
      next = await this.#guarded(() => this.runDocument(document, at))
    }
    return this.end()
  }

  begin(): void {
    this.call.startedAt = this.line.clock.now().toISOString()
    this.setStatus('in-progress', 'answered')
  }

  /** Settles how the call ended, and tells whoever subscribed. */
  async end(): Promise<CallRecord> {
    const { call } = this
    if (call.status === 'ringing' || call.status === 'in-progress') call.status = 'completed'
    call.seconds = call.startedAt === null ? 0 : Math.max(1, Math.round(this.seconds))
    call.endedAt = this.line.clock.now().toISOString()
    call.endedBy = this.endedBy
    const recorded = this.#recordWhole()
    this.#progress('completed', recorded)
    await Promise.all(this.#callbacks)
    return this.record()
  }

  record(): CallRecord {
    const { sid, from, to, status, heard, problems } = this.call
    return {
      sid,
      from,
      to,
      status,
      seconds: Math.round(this.seconds),
      heard,
      requests: this.requests,
      problems,
      endedBy: this.endedBy
    }
  }

  setStatus(status: string, event: 'initiated' | 'ringing' | 'answered'): void {
    this.call.status = status
    this.#progress(event)
  }

  /** Verb after verb; a document that ends hangs up. */
  async runDocument(document: TwimlElement, url: string): Promise<Next> {
    for (const verb of document.children) {
      this.checkInterrupted()
      const next = await runVerb(this, verb, url)
      if (next !== 'next') return next
    }
    return 'over'
  }

  /** Lets so many seconds of the call pass. @throws where somebody breaks in */
  async pass(seconds: number): Promise<void> {
    this.seconds += await this.line.time.pass(seconds, this.signal)
    this.checkInterrupted()
  }

  checkInterrupted(): void {
    if (this.#interruption !== undefined) throw new Interrupted(this.#interruption)
  }

  /** What is heard: it takes its time. */
  async sound({ name, text, attributes }: TwimlElement): Promise<void> {
    if (name === 'Pause') return this.pass(Number(attributes.length ?? 1))
    this.call.heard.push(`${name.toLowerCase()}: ${text}`)
    if (name === 'Say') this.says('app', text)
    await this.pass(Math.max(1, text.length / CHARACTERS_A_SECOND))
  }

  /** Keeps what somebody says, for transcripts. */
  says(who: Utterance['who'], text: string, second = this.seconds): void {
    this.call.said.push({ second: Math.round(second * 10) / 10, who, text })
  }

  hangUp(): Next {
    this.leaveNow()
    return 'over'
  }

  leaveNow(): void {
    this.call.status = 'completed'
    this.endedBy = 'caller'
  }

  /** Asks for a document; where none comes, the fallback; where that fails too, the call ends. */
  async ask(
    url: string,
    fields: Readonly<Record<string, string>>,
    { waiting = false, method = 'POST' }: { waiting?: boolean; method?: 'GET' | 'POST' } = {}
  ): Promise<Next> {
    const first = await this.#fetchDocument(url, fields, waiting, method)
    if (typeof first === 'object') return first
    const { fallbackUrl } = this.call
    if (fallbackUrl === null) return this.#fail()
    const second = await this.#fetchDocument(fallbackUrl, { ErrorCode: first, ErrorUrl: url }, false, 'POST')
    return typeof second === 'object' ? second : this.#fail()
  }

  /** Sends a callback in the background; the call ends when all have been answered. */
  callback(url: string, fields: Readonly<Record<string, string>>): void {
    this.#callbacks.push(this.line.callbacks.send(url, fields, (request) => this.requests.push(request)))
  }

  /** Whatever else has to be over before the call is. */
  awaitToo(work: Promise<unknown>): void {
    this.#callbacks.push(work.then(() => undefined))
  }

  /** What every request about the call has. */
  common(): Record<string, string> {
    const { sid, status, direction, from, to, parentCallSid } = this.call
    return {
      AccountSid: this.line.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: sid,
      CallStatus: status,
      Direction: direction,
      From: from,
      To: to,
      Caller: from,
      Called: to,
      ...(parentCallSid === null ? {} : { ParentCallSid: parentCallSid })
    }
  }

  async #guarded(work: () => Promise<Next>): Promise<Next> {
    try {
      this.checkInterrupted()
      const next = await work()
      // Whoever broke in while nothing waited is heard now.
      this.checkInterrupted()
      return next
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      return this.#follow(error.interruption)
    }
  }

  async #follow(interruption: Interruption): Promise<Next> {
    if (interruption.kind === 'end') {
      this.call.status = interruption.status
      this.endedBy = interruption.by
      return 'over'
    }
    this.#interruption = undefined
    this.#break = new AbortController()
    return this.#guarded(() => {
      if (interruption.kind === 'twiml')
        return Promise.resolve(this.#documentOf(interruption.twiml, this.call.url ?? NOWHERE))
      return this.ask(interruption.url, {}, { method: interruption.method ?? 'POST' })
    })
  }

  #documentOf(twiml: string, url: string): Next {
    const document = parseTwiml(twiml)
    this.call.problems.push(...twimlProblems(twiml))
    return typeof document === 'string' ? this.#fail() : { document, url }
  }

  #fail(): Next {
    this.call.heard.push('say: an application error has occurred')
    this.endedBy = 'error'
    return 'over'
  }

  /** The document, or Twilio's code of what is wrong with the answer. */
  async #fetchDocument(
    url: string,
    fields: Readonly<Record<string, string>>,
    waiting: boolean,
    method: 'GET' | 'POST'
  ): Promise<{ document: TwimlElement; url: string } | string> {
    this.#documents += 1
    if (this.#documents > MOST_DOCUMENTS) {
      this.call.problems.push('the call goes round without an end')
      return '11205'
    }
    const answer = await postToApp({
      authToken: this.line.authToken,
      url,
      fields: { ...this.common(), ...fields },
      timeoutMs: this.#timeoutMs,
      method
    })
    this.requests.push(answer.request)
    const code = answer.request.errorCode ?? this.#documentError(answer, url, waiting)
    answer.request.errorCode = code
    if (code !== null) return code
    const document = parseTwiml(answer.body)
    return typeof document === 'string' ? '12100' : { document, url }
  }

  #documentError({ contentType, body }: TwilioAnswer, url: string, waiting: boolean): string | null {
    if (!XML_TYPES.test(contentType)) {
      this.call.problems.push(`${url} answered ${contentType || 'no content type'}`)
      return '12300'
    }
    const problems = twimlProblems(body, { waiting })
    this.call.problems.push(...problems.map((problem) => `${url}: ${problem}`))
    return problems.length > 0 ? '12200' : null
  }

  /** The recording of the whole call, where one was asked for; of nothing where nobody answered. */
  #recordWhole(): Record<string, string> {
    const { call, line } = this
    if (!call.record) return {}
    const recording = line.recordings.add({
      callSid: call.sid,
      seconds: call.startedAt === null ? 0 : Math.max(1, this.seconds),
      channels: 2,
      source: 'OutboundAPI',
      startedAt: new Date(call.startedAt ?? call.createdAt),
      said: call.said,
      callback: call.recordingStatusCallback ?? undefined,
      events: ['completed', 'absent'],
      onAnswer: (request) => this.requests.push(request)
    })
    if (recording.status !== 'completed') return {}
    return { ...line.recordings.fields(recording), RecordingDuration: String(recording.seconds) }
  }

  #progress(event: 'initiated' | 'ringing' | 'answered' | 'completed', more: Record<string, string> = {}): void {
    const { call, line } = this
    call.updatedAt = line.clock.now().toISOString()
    line.store.calls.save(call)
    if (call.statusCallback === null || !call.statusCallbackEvents.includes(event)) return
    const seconds = call.seconds ?? 0
    const over = isOver(call)
    this.callback(call.statusCallback, {
      ...this.common(),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(call.sequence),
      Timestamp: rfc2822(line.clock.now()),
      ...(over ? { SipResponseCode: call.status === 'completed' ? '200' : '486', CallDuration: String(seconds) } : {}),
      ...(call.status === 'completed' ? { Duration: String(Math.ceil(seconds / 60)) } : {}),
      ...more
    })
    call.sequence += 1
  }
}
