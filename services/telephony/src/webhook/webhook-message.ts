import { isMemberName, withAnswers } from '@leadlog/call-flow'
import type { CallWebhookRequested, DataOf } from '@leadlog/contracts'
import { variablesOf, type Call } from '../call/call.ts'

/** Members of an answer that become variables. */
const MOST_MEMBERS = 20
const MOST_CHARACTERS = 500

/** What a webhook is told of the call: where it stands, who calls, and what the caller answered so far. */
export function webhookMessage(call: Call, requested: DataOf<typeof CallWebhookRequested>): string {
  const { requestId, callId, step, at, leadId } = requested
  const { from = null, to = null, flow = null } = call.received ?? {}
  const position = call.turns.at(-1)?.position ?? null
  return JSON.stringify({
    type: 'call.step',
    id: requestId,
    timestamp: at,
    data: { callId, flow, step, from, to, leadId, variables: withAnswers(variablesOf(call), position?.answers ?? {}) }
  })
}

/** The texts, numbers and truths of an answer by their names; anything else in it, and an answer that is no object, is left out. */
export function answeredFields(body: string): Readonly<Record<string, string>> {
  let answer: unknown
  try {
    answer = JSON.parse(body)
  } catch {
    return {}
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return {}
  const fields = Object.entries(answer).flatMap(([name, value]: [string, unknown]) =>
    isMemberName(name) && ['string', 'number', 'boolean'].includes(typeof value)
      ? [[name, String(value).slice(0, MOST_CHARACTERS).toWellFormed().replaceAll('\0', '')] as const]
      : []
  )
  return Object.fromEntries(fields.slice(0, MOST_MEMBERS))
}
