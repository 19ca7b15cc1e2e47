import { asText, isJsonObject, parseJson } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { Delivery } from './delivery.ts'
import { ownDomain } from './team.ts'

/** What one delivery says of a person's meeting, with the time at which it happened. */
export interface MeetingFact {
  kind: 'booked' | 'canceled' | 'superseded' | 'held' | 'no-show'
  email: string
  name: string
  apart: readonly [first: string, last: string] | null
  at: string
  /** The invitee URI, or the session id. */
  key: string
  /** The booking before (booked) or after (superseded) this one. */
  relatedKey: string | null
  platformMeetingId: string | null
  start: string
  timezone: string | null
  answers: ReadonlyMap<string, string>
  /** Of a held meeting: whether anything was heard. */
  hasTranscript: boolean
}

const objectIn = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {})
const listIn = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])
const textIn = (value: JsonValue | undefined): string => asText(value) ?? ''

const answersIn = (payload: JsonObject): ReadonlyMap<string, string> =>
  new Map(listIn(payload.questions_and_answers).map(({ question, answer }) => [textIn(question), textIn(answer)]))

const calendlyFact = (body: JsonObject): MeetingFact => {
  const payload = objectIn(body.payload)
  const event = objectIn(payload.scheduled_event)
  const data = objectIn(objectIn(event.location).data)
  const first = asText(payload.first_name)
  const last = asText(payload.last_name)
  const replacedBy = asText(payload.new_invitee)
  const common = {
    email: textIn(payload.email).toLowerCase(),
    name: textIn(payload.name),
    apart: first === undefined || last === undefined ? null : ([first, last] as const),
    key: textIn(payload.uri),
    platformMeetingId: typeof data.id === 'number' ? String(data.id) : null,
    start: textIn(event.start_time),
    timezone: asText(payload.timezone) ?? null,
    answers: answersIn(payload),
    hasTranscript: false
  }
  switch (body.event) {
    case 'invitee.canceled':
      return {
        ...common,
        kind: replacedBy === undefined ? 'canceled' : 'superseded',
        at: textIn(objectIn(payload.cancellation).created_at),
        relatedKey: replacedBy ?? null
      }
    case 'invitee_no_show.created':
      return { ...common, kind: 'no-show', at: textIn(objectIn(payload.no_show).created_at), relatedKey: null }
    default:
      return {
        ...common,
        kind: 'booked',
        at: textIn(payload.created_at),
        relatedKey: asText(payload.old_invitee) ?? null
      }
  }
}

/** The customer's side: somebody from outside with an address, else anybody with one but the owner. */
const customerOf = (body: JsonObject): JsonObject => {
  const owner = textIn(objectIn(body.owner).email)
  const reachable = listIn(body.participants).filter(({ email }) => typeof email === 'string' && email !== owner)
  return reachable.find(({ email }) => !textIn(email).endsWith(`@${ownDomain}`)) ?? reachable[0] ?? {}
}

const readaiFact = (body: JsonObject): MeetingFact => {
  const customer = customerOf(body)
  return {
    kind: 'held',
    email: textIn(customer.email).toLowerCase(),
    name: textIn(customer.name),
    apart: null,
    at: textIn(body.end_time),
    key: textIn(body.session_id),
    relatedKey: null,
    platformMeetingId: asText(body.platform_meeting_id) ?? null,
    start: textIn(body.start_time),
    timezone: null,
    answers: new Map(),
    hasTranscript: listIn(objectIn(body.transcript).speaker_blocks).length > 0
  }
}

/** The fact that a delivery tells, if it ends as processed; read from the bytes sent, not from the plans. */
export const factOf = (delivery: Delivery): MeetingFact | undefined => {
  const body = parseJson(delivery.body)
  if (delivery.expect.outcome !== 'processed' || !isJsonObject(body)) return undefined
  return delivery.provider === 'calendly' ? calendlyFact(body) : readaiFact(body)
}
