import { calendlyEnvelope, inviteeCanceled, inviteeCreated, inviteeNoShow } from '../calendly/calendly-payload.ts'
import { readConfig } from '../config.ts'
import type { SimulatorSecrets } from '../config.ts'
import type { JsonObject } from '../json.ts'
import { meetingEnd, meetingStart } from '../readai/readai-payload.ts'
import { seededUuid } from '../seeded.ts'
import { bookingOf, replacementOf } from './booking-of.ts'
import { bookings } from './bookings.ts'
import type { BookingKey, BookingPlan } from './bookings.ts'
import { calendlyDelivery, readaiDelivery, standardDelivery } from './deliver.ts'
import type { Delivery, DeliveryExpectation } from './delivery.ts'
import { momentOf } from './moment.ts'
import { arrivals } from './arrivals.ts'
import type { Arrival } from './arrivals.ts'
import { sessionOf } from './session-of.ts'

export interface SampleDayOptions {
  /** The day of most meetings, `YYYY-MM-DD`. */
  baseDate?: string
  /** The secrets of the fictional accounts by default. */
  secrets?: SimulatorSecrets
  /** With the deliveries that ingest refuses; true by default. */
  includeBad?: boolean
}

/** The base date that `expected.json` is written for. */
export const SAMPLE_BASE_DATE = '2026-11-18'

const refused = (status: number, because: string): DeliveryExpectation => ({ status, outcome: 'refused', because })
const failed = (because: string): DeliveryExpectation => ({ status: 200, outcome: 'failed', because })
const ignored = (because: string): DeliveryExpectation => ({ status: 200, outcome: 'ignored', because })

const ONE_HOUR_SECONDS = 3600

const canceledPayload = (baseDate: string, key: BookingKey): JsonObject => {
  const plan: BookingPlan = bookings[key]
  const booking = bookingOf(baseDate, key)
  const replacedBy = replacementOf(baseDate, key)
  if (plan.canceledAt === undefined) throw new Error(`The booking "${key}" is not canceled.`)
  return inviteeCanceled(booking, {
    at: momentOf(baseDate, plan.canceledAt),
    by: booking.name,
    canceler: 'invitee',
    reason: plan.cancelReason ?? '',
    replacedBy
  })
}

const noShowPayload = (baseDate: string, key: BookingKey): JsonObject => {
  const plan: BookingPlan = bookings[key]
  if (plan.noShowAt === undefined) throw new Error(`Nobody missed the booking "${key}".`)
  return inviteeNoShow(bookingOf(baseDate, key), {
    at: momentOf(baseDate, plan.noShowAt),
    id: seededUuid('no-show', baseDate, key)
  })
}

/** An address that is nobody's, for deliveries that must not become a lead. */
const strayBooking = (baseDate: string, name: string) => ({
  ...bookingOf(baseDate, 'hannah'),
  eventId: seededUuid('event', baseDate, name),
  inviteeId: seededUuid('invitee', baseDate, name),
  email: `${name}@refused.example`,
  name: 'Refused Delivery'
})

const withoutEmail = (payload: JsonObject): JsonObject => {
  const { email: _, ...rest } = payload.payload as JsonObject
  return { ...payload, payload: rest }
}

const routingForm = (baseDate: string): JsonObject => {
  const at = momentOf(baseDate, '0 11:40')
  return calendlyEnvelope('routing_form_submission.created', at, {
    uri: `https://api.calendly.com/routing_form_submissions/${seededUuid('routing', baseDate)}`,
    routing_form: 'https://api.calendly.com/routing_forms/aa11bb22-cc33-4d44-8e55-ff6677889900',
    questions_and_answers: [{ question_uuid: 'q-1111', question: 'Team size', answer: '11-50' }],
    result: { type: 'event_type', value: 'https://api.calendly.com/event_types/7d8e9f0a-1b2c-4d3e-9f4a-5b6c7d8e9f0a' },
    submitter: null,
    submitter_type: null,
    created_at: at.toISOString(),
    updated_at: at.toISOString()
  })
}

const partnerBooking = (baseDate: string): JsonObject => ({
  type: 'booking.created',
  timestamp: momentOf(baseDate, '0 10:30').toISOString(),
  data: {
    id: 'bk_01JD0000000000000000000001',
    contactId: 'contact_01JD000000000001',
    startsAt: `${baseDate}T20:00:00Z`
  }
})

const sessionFailures: Partial<Record<string, DeliveryExpectation>> = {
  noah: ignored('the meeting was shorter than READAI_MIN_DURATION_MINUTES'),
  guest: failed('nobody in the meeting has an e-mail address')
}

const build = (arrival: Arrival, baseDate: string, secrets: SimulatorSecrets): Delivery => {
  const [kind, key] = arrival
  const name = arrival.join(' ')
  switch (kind) {
    case 'created':
      return calendlyDelivery(name, inviteeCreated(bookingOf(baseDate, key)), secrets)
    case 'canceled':
      return calendlyDelivery(name, canceledPayload(baseDate, key), secrets)
    case 'no-show':
      return calendlyDelivery(name, noShowPayload(baseDate, key), secrets)
    case 'held':
    case 'relayed': {
      const payload = meetingEnd(sessionOf(baseDate, key), seededUuid('request', baseDate, key))
      const expect = sessionFailures[key]
      return readaiDelivery(name, payload, secrets, {
        relayed: kind === 'relayed',
        ...(expect === undefined ? {} : { expect })
      })
    }
    case 'pushed-again':
      return readaiDelivery(
        name,
        meetingEnd(sessionOf(baseDate, key), seededUuid('pushed again', baseDate, key)),
        secrets,
        { expect: ignored('the same report again changes nothing') }
      )
    case 'started':
      return readaiDelivery(name, meetingStart(sessionOf(baseDate, key), seededUuid('start', baseDate, key)), secrets, {
        expect: ignored('the start of a meeting changes nothing')
      })
    case 'special':
      return special(key, name, baseDate, secrets)
    default:
      throw new Error(`Nothing is known of "${name}".`)
  }
}

const special = (
  key: Extract<Arrival, readonly ['special', string]>[1],
  name: string,
  baseDate: string,
  secrets: SimulatorSecrets
): Delivery => {
  switch (key) {
    case 'poison':
      return calendlyDelivery(name, withoutEmail(inviteeCreated(strayBooking(baseDate, 'poison'))), secrets, {
        expect: failed('the invitee has no e-mail address')
      })
    case 'unknown-type':
      return calendlyDelivery(name, routingForm(baseDate), secrets, {
        expect: ignored('nothing handles this type of event')
      })
    case 'standard': {
      const [source = 'partner', secret = ''] = [...secrets.standardWebhookSecrets][0] ?? []
      const messageId = `msg_${seededUuid('standard', baseDate).replaceAll('-', '')}`
      return standardDelivery(
        name,
        partnerBooking(baseDate),
        { name: source, secret, messageId },
        {
          expect: ignored('nothing handles this type of event')
        }
      )
    }
    case 'wrong-calendly-signature':
      return calendlyDelivery(
        name,
        inviteeCreated(strayBooking(baseDate, 'wrong-signature')),
        { calendlySigningKey: `not ${secrets.calendlySigningKey}` },
        { expect: refused(401, 'the signature does not match') }
      )
    case 'wrong-readai-signature':
      return readaiDelivery(
        name,
        meetingEnd({ ...sessionOf(baseDate, 'guest'), sessionId: '01KA0000000000000000000000' }, seededUuid(name)),
        { ...secrets, readaiSigningKey: Buffer.from('another key').toString('base64') },
        { expect: refused(401, 'the signature does not match') }
      )
    case 'stale-timestamp':
      return calendlyDelivery(name, inviteeCreated(strayBooking(baseDate, 'stale')), secrets, {
        skewSeconds: -ONE_HOUR_SECONDS,
        expect: refused(401, 'the signature is an hour old')
      })
    case 'malformed-json':
      return calendlyDelivery(name, {}, secrets, {
        body: '{"event":"invitee.created","payload":{"uri":',
        expect: refused(400, 'the body is not JSON')
      })
  }
}

const isRefused = (delivery: Delivery): boolean => delivery.expect.outcome === 'refused'

/**
 * The webhooks of one fictional sales day, in the order in which they arrive. The same options give the same bytes;
 * only the time-stamped signature headers are made when an attempt asks for them.
 */
export const sampleDay = (options: SampleDayOptions = {}): Delivery[] => {
  const baseDate = options.baseDate ?? SAMPLE_BASE_DATE
  const secrets = options.secrets ?? readConfig({}).secrets
  const seen = new Set<string>()
  const deliveries = arrivals.map((arrival) => {
    const delivery = build(arrival, baseDate, secrets)
    if (!seen.has(delivery.name)) {
      seen.add(delivery.name)
      return delivery
    }
    return { ...delivery, name: `${delivery.name} (repeated)`, expect: { ...delivery.expect, repeats: delivery.name } }
  })
  return options.includeBad === false ? deliveries.filter((delivery) => !isRefused(delivery)) : deliveries
}
