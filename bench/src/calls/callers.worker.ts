import { Agent, request as ask } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { twilioSignature } from '@leadlog/simulators'
import { serveWorker } from '../core/worker.ts'
import { randomFrom, type Random } from '../scale/random.ts'
import type { CallsRequest, CallsRequests, CallsResult } from './calls-requests.ts'

/** Twilio gives up on an answer after this. */
const ANSWER_LIMIT_MS = 15_000
/** No call of the load has so many questions. */
const MOST_QUESTIONS = 100

interface Reply {
  readonly status: number
  readonly body: string
}

interface Tally {
  readonly answers: number[]
  readonly firstAnswers: number[]
  readonly problems: string[]
  finished: number
  fellBack: number
  dropped: number
  toFallback: number
}

/**
 * Callers as Twilio carries them: what it asks is signed, a connection that fails is tried once more, and where no TwiML
 * comes it asks the fallback address; without an answer there too the call is lost.
 */
async function call(request: CallsRequest): Promise<CallsResult> {
  const tally: Tally = {
    answers: [],
    firstAnswers: [],
    problems: [],
    finished: 0,
    fellBack: 0,
    dropped: 0,
    toFallback: 0
  }
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  await Promise.all(Array.from({ length: request.calls }, (_, number) => oneCall(request, number, tally, agent)))
  agent.destroy()
  return { ...tally, problems: [...new Set(tally.problems)] }
}

async function oneCall(request: CallsRequest, number: number, tally: Tally, agent: Agent): Promise<void> {
  const random = randomFrom(number + 1)
  const sid = `CA${Buffer.from(`${request.seed} ${number}`).toString('hex').padEnd(32, '0').slice(-32)}`
  const from = `+1415555${String(1_000 + number)}`
  const common = { AccountSid: request.accountSid, ApiVersion: '2010-04-01', CallSid: sid, From: from, To: request.to }
  const pause = (): Promise<void> => delay(request.pause.fromMs + random.below(pauseRange(request)))
  // Nobody's phones ring all at the same instant.
  await delay(random.below(request.pause.toMs))
  let url = `${request.publicUrl}/twilio/voice`
  let said: Record<string, string> = { CallStatus: 'ringing', Direction: 'inbound' }
  for (let question = 0; question < MOST_QUESTIONS; question += 1) {
    const answer = await twiml(request, url, { ...common, ...said }, tally, agent)
    if (answer === null) {
      tally.dropped += 1
      return
    }
    const next = /<Gather[^>]*\saction="([^"]+)"/.exec(answer)?.[1]
    if (next === undefined) {
      if (answer.includes('<Dial')) tally.fellBack += 1
      else tally.finished += 1
      break
    }
    await pause()
    url = next.replaceAll('&amp;', '&')
    said = { CallStatus: 'in-progress', Direction: 'inbound', ...pressed(random) }
  }
  const ended = {
    CallbackSource: 'call-progress-events',
    SequenceNumber: '0',
    CallStatus: 'completed',
    CallDuration: '42'
  }
  const path = '/webhooks/twilio/voice-status'
  await post(request, `${request.ingest}${path}`, { ...common, ...ended, Timestamp: new Date().toUTCString() }, agent)
}

const pauseRange = ({ pause }: CallsRequest): number => Math.max(1, pause.toMs - pause.fromMs)

const pressed = (random: Random): Record<string, string> => ({ Digits: String(1 + random.below(2)) })

/** The document that the call goes on with, or null where Twilio has none. */
async function twiml(
  request: CallsRequest,
  url: string,
  fields: Readonly<Record<string, string>>,
  tally: Tally,
  agent: Agent
): Promise<string | null> {
  const began = performance.now()
  const first = await documentOf(request, url, fields, agent)
  const ms = performance.now() - began
  tally.answers.push(ms)
  if (url.endsWith('/twilio/voice')) tally.firstAnswers.push(ms)
  if ('body' in first) return first.body
  tally.toFallback += 1
  const { Digits: _lost, ...rest } = fields
  const why = { ErrorCode: first.code, ErrorUrl: url }
  // The fallback address leads to another place first, and on a connection of its own.
  const elsewhere = { ...request, addresses: request.addresses.toReversed() }
  const second = await documentOf(elsewhere, `${request.publicUrl}/twilio/voice/fallback`, { ...rest, ...why }, false)
  if ('body' in second) return second.body
  tally.problems.push(`${first.why}, then ${second.why}`)
  return null
}

type Document = { readonly body: string } | { readonly code: string; readonly why: string }

async function documentOf(
  request: CallsRequest,
  url: string,
  fields: Readonly<Record<string, string>>,
  agent: Agent | false
): Promise<Document> {
  try {
    const { status, body } = await post(request, url, fields, agent)
    return status === 200 && body.includes('<Response') ? { body } : { code: '11200', why: `answer ${status}` }
  } catch (error) {
    return { code: '11205', why: (error as Error).message }
  }
}

/** Tries each address that the public name leads to, as a client does with the addresses of a name. */
async function post(
  request: CallsRequest,
  url: string,
  fields: Readonly<Record<string, string>>,
  agent: Agent | false
): Promise<Reply> {
  const form = new URLSearchParams(fields)
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': twilioSignature(request.authToken, url, form)
  }
  const places = url.startsWith(request.publicUrl) ? request.addresses : [request.ingest]
  let failure: unknown
  for (const place of places) {
    try {
      return await send(new URL(url.slice(new URL(url).origin.length), place), headers, form.toString(), agent)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
      failure = error
    }
  }
  throw failure
}

function send(url: URL, headers: Readonly<Record<string, string>>, body: string, agent: Agent | false): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method: 'POST', agent, headers, timeout: ANSWER_LIMIT_MS }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }))
      answer.on('error', reject)
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer within 15 s')))
    sent.on('error', reject)
    sent.end(body)
  })
}

const requests: CallsRequests = { call }
serveWorker(requests)
