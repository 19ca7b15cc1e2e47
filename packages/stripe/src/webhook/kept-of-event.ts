/** What is kept of an event of Stripe. */
export type KeptEvent = Readonly<Record<string, unknown>>

type Keep = (value: unknown) => unknown

/** As long as the shortest of cards' numbers; Stripe's own ids are random letters and digits, and have no such run. */
const CARD_LIKE = /(?:\d_*){12}/

/** An id of Stripe's, or that of an object where it was expanded. */
const id: Keep = (value) => {
  const text = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value
  const isId = typeof text === 'string' && /^[a-z]{2,12}_[A-Za-z0-9_]{1,200}$/.test(text)
  return isId && !CARD_LIKE.test(text) ? text : null
}

/** A whole number below thirteen digits: no card's number is so short. */
const whole: Keep = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) < 1e12 ? value : null

/** A word of Stripe's own. */
const word: Keep = (value) => (typeof value === 'string' && /^[a-z][a-z_.]{0,63}$/.test(value) ? value : null)

const yesOrNo: Keep = (value) => (typeof value === 'boolean' ? value : null)

/** An invoice's id: a UUID, whose form no card's number has. */
const ours: Keep = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : null

const metadata: Keep = (value) => pick(value, { leadlog_invoice: ours })

/** Of a refund: which one it is here. */
const refundMetadata: Keep = (value) => pick(value, { leadlog_refund: ours })

const version: Keep = (value) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(value) ? value : null

/** Of every object. */
const any = { id, object: word }

/** By the object's kind: what billing reads, and nothing that says who paid or with what. */
const OBJECTS: Readonly<Record<string, Readonly<Record<string, Keep>>>> = {
  'checkout.session': {
    ...any,
    status: word,
    payment_status: word,
    mode: word,
    amount_total: whole,
    currency: word,
    client_reference_id: ours,
    customer: id,
    payment_intent: id,
    created: whole,
    expires_at: whole,
    metadata
  },
  charge: {
    ...any,
    amount: whole,
    amount_refunded: whole,
    refunded: yesOrNo,
    currency: word,
    payment_intent: id,
    created: whole,
    metadata
  },
  refund: {
    ...any,
    amount: whole,
    currency: word,
    charge: id,
    payment_intent: id,
    status: word,
    failure_reason: word,
    created: whole,
    metadata: refundMetadata
  },
  dispute: {
    ...any,
    amount: whole,
    currency: word,
    charge: id,
    payment_intent: id,
    status: word,
    created: whole
  }
}

/**
 * An event without anything that is not on the list: names, addresses, telephone numbers, and whatever Stripe tells of a card
 * are left out before the event is stored. What is on the list has a form of its own that such values do not fit.
 */
export function keptOfEvent(payload: unknown): KeptEvent {
  const event = pick(payload, {
    id,
    object: word,
    type: word,
    api_version: version,
    created: whole,
    livemode: yesOrNo,
    account: id
  })
  const object = (payload as { data?: { object?: unknown } } | null)?.data?.object
  const kind = (object as { object?: unknown } | null | undefined)?.object
  const kept = pick(object, typeof kind === 'string' ? (OBJECTS[kind] ?? any) : any)
  return { ...event, data: { object: kept } }
}

function pick(value: unknown, keep: Readonly<Record<string, Keep>>): Readonly<Record<string, unknown>> {
  const given = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  return Object.fromEntries(
    Object.entries(keep).flatMap(([name, kept]) => (Object.hasOwn(given, name) ? [[name, kept(given[name])]] : []))
  )
}
