import type { FastifyReply } from 'fastify'
import { HttpProblem, type HttpServer } from '@leadlog/service'
import { requestUrl } from '@leadlog/twilio'
import type { TelephonyDeps } from '../deps.ts'
import { fallBackVerbs, type Verb } from '@leadlog/call-flow'
import { toTwiml } from '../engine/twiml.ts'
import { verifiedRequest, type VerifiedRequest } from '../twilio/verified-request.ts'
import { continueCall, fallbackOf, recordFallBack, type Answer } from './answer-call.ts'
import { beginCall } from './begin-call.ts'
import { resumeCall } from './resume-call.ts'
import { within } from './within.ts'

/** Twilio waits 15 seconds, callers less: five for all, of which the fallback has the rest. */
const ANSWER_WITHIN_MS = 3_500
/** The fallback says the same with the log or without it. */
const FALLBACK_WITHIN_MS = 1_500

/** What Twilio asks when somebody calls. Whatever goes wrong inside, the caller is put through to somebody. */
export function voiceRoutes(app: HttpServer, deps: TelephonyDeps): void {
  // From the start on, since an alert sees no increase of what was not there.
  for (const route of ['voice', 'continue']) deps.answered.labels(route, 'failed').inc(0)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post('/twilio/voice', (request, reply) => {
    const asked = verifiedRequest(request, deps)
    return answer(reply, deps, 'voice', asked, beginCall)
  })

  app.post('/twilio/voice/continue', (request, reply) => {
    const asked = verifiedRequest(request, deps)
    return answer(reply, deps, 'continue', asked, continueCall)
  })

  app.post('/twilio/voice/fallback', async (request, reply) => {
    const asked = verifiedUnlessUnknown(() => verifiedRequest(request, deps))
    const resumed = asked === null ? null : await resume(deps, asked)
    deps.answered.labels('fallback', resumed === null ? 'fell-back' : resumed.outcome).inc()
    if (resumed !== null) return send(reply, deps, resumed)
    if (asked === null) return send(reply, deps, { verbs: fallBackVerbs(null), nextTurn: 1 })
    return send(reply, deps, { verbs: await fallBack(deps, asked.callSid, reasonOf(asked)), nextTurn: 1 })
  })
}

async function answer(
  reply: FastifyReply,
  deps: TelephonyDeps,
  route: string,
  asked: VerifiedRequest,
  how: (deps: TelephonyDeps, asked: VerifiedRequest) => Promise<Answer>
): Promise<FastifyReply> {
  try {
    const answered = await within(ANSWER_WITHIN_MS, how(deps, asked))
    const sent = send(reply, deps, answered)
    deps.answered.labels(route, answered.outcome).inc()
    return await sent
  } catch (error) {
    deps.logger.error({ err: error, callSid: asked.callSid, route }, 'a call could not go on: it goes to the fallback')
    deps.answered.labels(route, 'failed').inc()
    return send(reply, deps, { verbs: await fallBack(deps, asked.callSid, codeOf(error)), nextTurn: 1 })
  }
}

/** The call as it goes on after an answer that Twilio never got; null where it cannot. */
async function resume(deps: TelephonyDeps, asked: VerifiedRequest): Promise<Answer | null> {
  try {
    return await within(ANSWER_WITHIN_MS, resumeCall(deps, asked))
  } catch (error) {
    deps.logger.error({ err: error, callSid: asked.callSid }, 'an interrupted call could not be taken on')
    return null
  }
}

/** What to say when all else fails; it takes down why if that is possible, and answers in any case. */
async function fallBack(deps: TelephonyDeps, callSid: string, reason: string): Promise<readonly Verb[]> {
  try {
    return await within(
      FALLBACK_WITHIN_MS,
      (async () => {
        const { number, verbs } = await fallbackOf(deps, callSid)
        await recordFallBack(deps, callSid, reason, number)
        return verbs
      })()
    )
  } catch (error) {
    deps.logger.error({ err: error, callSid, reason }, 'a call fell back and could not be taken down')
    return fallBackVerbs(deps.fallbackNumber)
  }
}

/** Without a token nobody can be verified; the caller is at least told so. Anybody else is refused as everywhere. */
function verifiedUnlessUnknown(verify: () => VerifiedRequest): VerifiedRequest | null {
  try {
    return verify()
  } catch (error) {
    if (error instanceof HttpProblem && error.statusCode === 503) return null
    throw error
  }
}

function send(
  reply: FastifyReply,
  { publicUrl, ingestUrl }: TelephonyDeps,
  { verbs, nextTurn, isAway = false }: Pick<Answer, 'verbs' | 'nextTurn' | 'isAway'>
): FastifyReply {
  const path = `/twilio/voice/continue?turn=${nextTurn}${isAway ? '&back=1' : ''}`
  const next = requestUrl(publicUrl, path, reply.request.headers.host)
  const recording = ingestUrl === undefined ? null : `${ingestUrl}/webhooks/twilio/recording`
  const conference = ingestUrl === undefined ? null : `${ingestUrl}/webhooks/twilio/conference`
  const twiml = toTwiml(verbs, { next, waiting: `${next}&waiting=1`, recording, conference })
  return reply.type('text/xml; charset=utf-8').send(twiml)
}

function reasonOf({ fields, query }: VerifiedRequest): string {
  if (query.get('because') === 'transfer') return 'TRANSFER_LEFT_NOBODY'
  const code = fields['ErrorCode'] ?? ''
  return /^\d{1,8}$/.test(code) ? `TWILIO_${code}` : 'TWILIO_ASKED_FOR_FALLBACK'
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'UNEXPECTED'
}
