import { parseTwiml } from './twiml-document.ts'
import type { TwimlElement } from './twiml-document.ts'

type Check = (value: string) => boolean

interface Rule {
  attributes: Readonly<Record<string, Check>>
  /** Elements that may stand inside. */
  inside: readonly string[]
  /** Longest text; 0 where none may stand there. */
  text: number
  /** True where it is nothing without text. */
  needsText?: boolean
}

const any: Check = () => true
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value)
const bool = oneOf('true', 'false')
const method = oneOf('GET', 'POST')
const whole =
  (least: number, most: number): Check =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
const address: Check = (value) => URL.canParse(value, 'https://twilio.example/')
const language: Check = (value) => /^[a-z]{2,3}-[A-Z]{2}$/.test(value)
const events =
  (...words: string[]): Check =>
  (value) =>
    value.split(' ').every((word) => words.includes(word))

const recordingAttributes = {
  recordingStatusCallback: address,
  recordingStatusCallbackMethod: method,
  recordingStatusCallbackEvent: events('in-progress', 'completed', 'absent'),
  trim: oneOf('trim-silence', 'do-not-trim')
}
const callbackAttributes = {
  statusCallback: address,
  statusCallbackMethod: method,
  statusCallbackEvent: events('initiated', 'ringing', 'answered', 'completed')
}

/** Verbs and nouns with what Twilio's reference allows of each. */
const rules: Readonly<Record<string, Rule>> = {
  Say: { attributes: { voice: any, language, loop: whole(0, 1000) }, inside: [], text: 4096, needsText: true },
  Play: { attributes: { loop: whole(0, 1000), digits: (value) => /^[0-9wW*#]+$/.test(value) }, inside: [], text: 4000 },
  Pause: { attributes: { length: whole(1, 180) }, inside: [], text: 0 },
  Gather: {
    attributes: {
      action: address,
      method,
      input: oneOf('dtmf', 'speech', 'dtmf speech', 'speech dtmf'),
      timeout: (value) => value === 'auto' || whole(1, 600)(value),
      numDigits: whole(1, 1000),
      finishOnKey: (value) => /^[0-9*#]?$/.test(value),
      speechTimeout: (value) => value === 'auto' || whole(1, 600)(value),
      maxSpeechTime: whole(1, 60),
      speechModel: any,
      language,
      hints: (value) => value.split(',').length <= 500 && value.split(',').every((hint) => hint.trim().length <= 100),
      actionOnEmptyResult: bool,
      bargeIn: bool,
      profanityFilter: bool,
      partialResultCallback: address,
      enhanced: bool
    },
    inside: ['Say', 'Play', 'Pause'],
    text: 0
  },
  Dial: {
    attributes: {
      action: address,
      method,
      timeout: whole(5, 600),
      timeLimit: whole(1, 14_400),
      callerId: any,
      hangupOnStar: bool,
      answerOnBridge: bool,
      record: oneOf(
        'do-not-record',
        'record-from-answer',
        'record-from-ringing',
        'record-from-answer-dual',
        'record-from-ringing-dual'
      ),
      ringTone: any,
      ...recordingAttributes
    },
    inside: ['Number', 'Client', 'Sip', 'Queue', 'Conference'],
    text: 30
  },
  Number: {
    attributes: { sendDigits: any, url: address, method, ...callbackAttributes },
    inside: [],
    text: 30,
    needsText: true
  },
  Client: { attributes: { url: address, method, ...callbackAttributes }, inside: [], text: 256, needsText: true },
  Sip: { attributes: { url: address, method, ...callbackAttributes }, inside: [], text: 1000, needsText: true },
  Queue: { attributes: { url: address, method }, inside: [], text: 64, needsText: true },
  Conference: {
    attributes: {
      muted: bool,
      beep: oneOf('true', 'false', 'onEnter', 'onExit'),
      startConferenceOnEnter: bool,
      endConferenceOnExit: bool,
      participantLabel: any,
      maxParticipants: whole(2, 250),
      waitUrl: any,
      waitMethod: method,
      record: oneOf('do-not-record', 'record-from-start'),
      statusCallback: address,
      statusCallbackMethod: method,
      statusCallbackEvent: events('start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'),
      ...recordingAttributes
    },
    inside: [],
    text: 128,
    needsText: true
  },
  Record: {
    attributes: {
      action: address,
      method,
      timeout: whole(0, 600),
      finishOnKey: (value) => /^[0-9*#]*$/.test(value),
      maxLength: whole(2, 14_400),
      playBeep: bool,
      transcribe: bool,
      transcribeCallback: address,
      ...recordingAttributes
    },
    inside: [],
    text: 0
  },
  Enqueue: {
    attributes: { action: address, method, waitUrl: address, waitUrlMethod: method, workflowSid: any },
    inside: ['Task'],
    text: 64,
    needsText: true
  },
  Leave: { attributes: {}, inside: [], text: 0 },
  Hangup: { attributes: {}, inside: [], text: 0 },
  Redirect: { attributes: { method }, inside: [], text: 4000, needsText: true },
  Reject: { attributes: { reason: oneOf('rejected', 'busy') }, inside: [], text: 0 },
  Sms: {
    attributes: { to: any, from: any, action: address, method, statusCallback: address },
    inside: [],
    text: 1600,
    needsText: true
  }
}

const VERBS = [
  'Say',
  'Play',
  'Pause',
  'Gather',
  'Dial',
  'Record',
  'Enqueue',
  'Leave',
  'Hangup',
  'Redirect',
  'Reject',
  'Sms'
]
/** What may be run while a caller waits in a queue. */
const WAITING_VERBS = ['Say', 'Play', 'Pause', 'Gather', 'Hangup', 'Redirect', 'Leave']
const MOST_BYTES = 64 * 1024
const MOST_NUMBERS = 10

const problemsOf = (element: TwimlElement, path: string): string[] => {
  const rule = rules[element.name]
  if (rule === undefined) return [`${path} is no verb or noun of TwiML`]
  const problems: string[] = []
  for (const [name, value] of Object.entries(element.attributes)) {
    const check = rule.attributes[name]
    if (check === undefined) problems.push(`${path} has no attribute ${name}`)
    else if (!check(value)) problems.push(`${path}@${name} may not be "${value}"`)
  }
  if (element.text.length > rule.text) {
    problems.push(`${path} has ${element.text.length} characters, ${rule.text} are allowed`)
  }
  if (rule.needsText === true && element.text === '') problems.push(`${path} is empty`)
  for (const [index, child] of element.children.entries()) {
    const at = `${path}/${child.name}[${index}]`
    if (rule.inside.includes(child.name)) problems.push(...problemsOf(child, at))
    else problems.push(`${at} may not stand in ${element.name}`)
  }
  if (element.name === 'Dial') problems.push(...dialProblems(element, path))
  return problems
}

const dialProblems = ({ children, text }: TwimlElement, path: string): string[] => {
  const problems: string[] = []
  if (children.length === 0 && text === '') problems.push(`${path} dials nobody`)
  if (children.length > MOST_NUMBERS)
    problems.push(`${path} dials ${children.length} at once, ${MOST_NUMBERS} are allowed`)
  if (children.length > 1 && children.some(({ name }) => name === 'Conference' || name === 'Queue')) {
    problems.push(`${path} mixes a conference or a queue with something else`)
  }
  return problems
}

/** What Twilio would find wrong with a document; nothing where it would run it. `waiting`: for callers in a queue. */
export const twimlProblems = (xml: string, { waiting = false } = {}): string[] => {
  const bytes = Buffer.byteLength(xml)
  if (bytes > MOST_BYTES) return [`the document has ${bytes} bytes, ${MOST_BYTES} are allowed`]
  const root = parseTwiml(xml)
  if (typeof root === 'string') return [root]
  const allowed = waiting ? WAITING_VERBS : VERBS
  return root.children.flatMap((verb, index) => {
    const path = `/Response/${verb.name}[${index}]`
    return allowed.includes(verb.name) ? problemsOf(verb, path) : [`${path} may not stand here`]
  })
}
