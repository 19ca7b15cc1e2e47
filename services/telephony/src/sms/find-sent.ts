import { smsStatuses, TransientError, type RecordedEvent } from '@leadlog/contracts'
import type { Reconciled } from '@leadlog/outbound'
import type { TwilioMessage } from '@leadlog/twilio/rest'
import { takeSid } from './decide-message.ts'
import { messageOf, messageRef } from './message.ts'
import { ownerOf, smsSidRef } from './sms-sid.ts'
import type { SendDeps, SentResponse } from './deliver-sms.ts'

/** A message that Twilio just took may not be in its list yet. */
const LIST_LAG_MS = 5_000

/** Our clock and Twilio's differ; Twilio compares by the second. */
const SLACK_MS = 60_000

/**
 * Whether Twilio took a message whose outcome is not known: a callback that names it says so; else one in Twilio's list with
 * the same numbers and words, made since the attempt, that is none of our other messages.
 *
 * @throws TransientError while it cannot be told yet
 */
export async function findSent(
  { log, twilio, clock }: Pick<SendDeps, 'log' | 'twilio' | 'clock'>,
  cause: RecordedEvent,
  messageId: string
): Promise<Reconciled<SentResponse>> {
  const message = messageOf((await log.load(messageRef(messageId))).events)
  if (message.messageSid !== null) {
    return {
      found: true,
      response: { messageSid: message.messageSid, status: message.report?.status ?? 'queued', segments: null }
    }
  }
  const { requested, dispatches } = message
  const now = clock.now()
  const first = dispatches[0]
  if (requested === null || first === undefined) return { found: false }
  const sentAfter = new Date(Date.parse(first.at) - SLACK_MS)
  const listed = await twilio.listMessages({ to: requested.to, from: requested.from, sentAfter })
  for (const one of listed) {
    if (!one.direction.startsWith('outbound') || one.body !== requested.text) continue
    // Whoever sent it is about to take its id; only what nobody took by then may be this one.
    if (one.createdAt !== null && now.getTime() - one.createdAt.getTime() < LIST_LAG_MS) throw tooEarly()
    if (await claim({ log, clock }, cause, one.sid, messageId)) return { found: true, response: responseOf(one) }
  }
  // From when it went: every look is noted in the ledger too, and several processes look.
  const wentAt = Date.parse(dispatches.at(-1)?.at ?? first.at)
  if (now.getTime() - wentAt < LIST_LAG_MS) throw tooEarly()
  return { found: false }
}

function tooEarly(): TransientError {
  return new TransientError(
    'TELEPHONY_SMS_NOT_LISTED_YET',
    "Twilio's list may not tell yet what became of the message",
    {
      retryAfterMs: LIST_LAG_MS,
      countsAsAttempt: false
    }
  )
}

/** Takes Twilio's id for the message; false where another of ours has it. */
export async function claim(
  { log, clock }: Pick<SendDeps, 'log' | 'clock'>,
  cause: RecordedEvent,
  messageSid: string,
  messageId: string
): Promise<boolean> {
  let mine = false
  await log.transact({
    cause: { id: cause.id, correlationId: cause.correlationid },
    handler: `telephony-send-sms/sid-${messageSid}`,
    actor: 'service:telephony',
    load: [smsSidRef(messageSid)],
    decide: ([history]) => {
      const taken = takeSid(ownerOf(history?.events ?? []), messageSid, messageId, clock.now())
      mine = taken.mine
      return taken.events
    }
  })
  return mine || ownerOf((await log.load(smsSidRef(messageSid))).events) === messageId
}

/** What is kept of Twilio's answer. */
export function responseOf({ sid, status, segments }: TwilioMessage): SentResponse {
  const known = smsStatuses.find((one) => one === status) ?? 'queued'
  return { messageSid: sid, status: known, segments }
}
