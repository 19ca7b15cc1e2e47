import { CallWebhookAnswered, CallWebhookRequested, newEvent } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import { callOf, type Call } from '../call/call.ts'
import { callRef } from '../call/call-ref.ts'
import type { TelephonyDeps } from '../deps.ts'
import type { WebhookOutcome } from './connect-webhooks.ts'
import { answeredFields, webhookMessage } from './webhook-message.ts'

type Requested = Parameters<typeof webhookMessage>[1]

/**
 * A webhook that a step of a call asked for is called once, within the step's time; what it answered is taken down, and the
 * call takes it up when it looks again. Whatever fails is an answer too: the call goes the other way.
 */
export const callWebhooks = defineReactor({
  name: 'call-webhooks',
  on: [CallWebhookRequested],
  emits: [CallWebhookAnswered],
  concurrency: 32,
  handle: async (event, deps: TelephonyDeps, context) => {
    const requested = event.data
    const { callId, personId, requestId, step } = requested
    const ref = callRef(callId)
    const before = callOf((await context.load(ref)).events)
    if (isAnswered(before, requestId)) return
    const outcome = await outcomeOf(deps, before, requested)
    await context.transact({
      load: [ref],
      decide: ([history]) => {
        if (isAnswered(callOf(history?.events ?? []), requestId)) return []
        return [
          newEvent(CallWebhookAnswered, callId, {
            callId,
            personId,
            requestId,
            step,
            answered: outcome.answered,
            reason: outcome.answered ? null : outcome.reason,
            fields: outcome.answered ? { ...answeredFields(outcome.body) } : {},
            at: deps.clock.now().toISOString()
          })
        ]
      }
    })
  }
})

async function outcomeOf(deps: TelephonyDeps, call: Call, requested: Requested): Promise<WebhookOutcome> {
  const { webhookCaller, effects, clock } = deps
  const { requestId, url, at, timeoutSeconds } = requested
  if (call.ended !== null) return { answered: false, reason: 'CALL_ENDED' }
  if (webhookCaller === null) return { answered: false, reason: 'WEBHOOK_SECRET_MISSING' }
  if (effects === null) return { answered: false, reason: 'LEDGER_MISSING' }
  const now = clock.now()
  const timeoutMs = Date.parse(at) + timeoutSeconds * 1000 - now.getTime()
  if (timeoutMs <= 0) return { answered: false, reason: 'TOO_LATE' }
  const body = webhookMessage(call, requested)
  let outcome: WebhookOutcome = { answered: false, reason: 'ANSWER_LOST' }
  try {
    await effects.run({
      key: `call-webhook:${requestId}`,
      vendor: 'flow-webhook',
      operation: 'call-step',
      digest: requestDigest({ requestId, url }),
      // The receiver knows a repetition by the id; and what failed is settled too, since nobody would wait for another try.
      policy: 'vendor-key',
      perform: async () => {
        outcome = await webhookCaller.call({ id: requestId, url, body, timeoutMs, at: now })
        return { answered: outcome.answered }
      }
    })
  } catch (error) {
    const { code } = error as { code?: unknown }
    return { answered: false, reason: typeof code === 'string' ? code : 'UNEXPECTED' }
  }
  return outcome
}

function isAnswered(call: Call, requestId: string): boolean {
  return call.webhooks.some(({ requested, answer }) => requested.requestId === requestId && answer !== null)
}
