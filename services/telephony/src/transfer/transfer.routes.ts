import { requestUrl } from '@leadlog/twilio'
import type { HttpServer } from '@leadlog/service'
import type { Verb } from '@leadlog/call-flow'
import { callOf } from '../call/call.ts'
import { callRef } from '../call/call-ref.ts'
import { within } from '../call/within.ts'
import { roomOf } from '../conference/room.ts'
import type { TelephonyDeps } from '../deps.ts'
import { toTwiml } from '../engine/twiml.ts'
import { verifiedRequest } from '../twilio/verified-request.ts'
import { isClosed } from './transfer.ts'

const ANSWER_WITHIN_MS = 3_500

/** What Twilio asks for the leg of whoever hands a caller over: into the conference, and once they leave it their call is over. */
export function transferRoutes(app: HttpServer, deps: TelephonyDeps): void {
  app.post('/twilio/voice/transfer', async (request, reply) => {
    const { query } = verifiedRequest(request, deps)
    const callId = query.get('call') ?? ''
    const verbs = query.get('left') === '1' ? [hangup] : await conferenceFor(callId)
    const next = requestUrl(deps.publicUrl, `/twilio/voice/transfer?call=${callId}&left=1`, request.headers.host)
    const conference = deps.ingestUrl === undefined ? null : `${deps.ingestUrl}/webhooks/twilio/conference`
    const twiml = toTwiml(verbs, { next, waiting: next, recording: null, conference })
    return reply.type('text/xml; charset=utf-8').send(twiml)
  })

  async function conferenceFor(callId: string): Promise<readonly Verb[]> {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(callId)) return [hangup]
    try {
      const { events } = await within(ANSWER_WITHIN_MS, deps.log.load(callRef(callId)))
      const { transfer } = callOf(events)
      if (transfer === null || isClosed(transfer)) return [hangup]
      return [conferenceVerb(transfer.conferenceId, 'other')]
    } catch (error) {
      // The caller goes on without them: to the colleague, or to the fallback.
      deps.logger.error({ err: error, callId }, 'whoever hands over could not be taken into the conference')
      return [hangup]
    }
  }
}

const hangup: Verb = { verb: 'hangup' }

/** With the caller it ends for all. Alone the caller hears music. */
export function conferenceVerb(conferenceId: string, who: 'caller' | 'other'): Verb {
  return {
    verb: 'conference',
    room: roomOf(conferenceId),
    startOnEnter: who === 'other',
    endOnExit: who === 'caller'
  }
}
