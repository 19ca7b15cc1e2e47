/** The parts of the system as people outside know them. Nothing else of its inside is told. */
export const PARTS = ['webhooks', 'processing', 'crm', 'reads', 'notifications'] as const
export type Part = (typeof PARTS)[number]

export const PART_STATES = ['working', 'delayed', 'not-working', 'unknown'] as const
export type PartState = (typeof PART_STATES)[number]

export const PART_NAMES: Readonly<Record<Part, string>> = {
  webhooks: 'Accepting webhooks',
  processing: 'Processing bookings and meetings',
  crm: 'Keeping the CRM in step',
  reads: 'Reading through the API',
  notifications: 'Telling people of failures'
}

export const STATE_WORDS: Readonly<Record<PartState, string>> = {
  working: 'works',
  delayed: 'works, with a delay',
  'not-working': 'does not work',
  unknown: 'cannot be told'
}

/** What one look at the system found; null where it could not be asked. */
export interface Signs {
  /** By service: whether anybody asks for its messages, and how many wait. */
  readonly services: ReadonlyMap<string, { readonly attended: boolean; readonly waiting: number }> | null
  /** Writes that the CRM has not got for a long time. */
  readonly lateWrites: number | null
}

/**
 * What the handlers of each service say of it. The handlers of a service run in the same processes, so one that nobody
 * attends beside others that are attended was retired or switched off, and what waits for it waits for nobody. Pure.
 */
export function signsOf(
  handlers: readonly { readonly service: string; readonly attended: boolean; readonly waiting: number }[]
): NonNullable<Signs['services']> {
  const services = new Map<string, { attended: boolean; waiting: number }>()
  for (const { service, attended, waiting } of handlers) {
    const known = services.get(service) ?? { attended: false, waiting: 0 }
    services.set(service, {
      attended: known.attended || attended,
      waiting: known.waiting + (attended ? waiting : 0)
    })
  }
  return services
}

/** Which services a part is made of. A part without any is read from the database alone. */
const SERVICES: Readonly<Record<Part, readonly string[]>> = {
  webhooks: ['ingest'],
  processing: ['meetings', 'crm', 'enrichment'],
  crm: ['crm-sync'],
  reads: [],
  notifications: ['notifications']
}

/** The part to which a service belongs; null for one of which nothing is told. */
export function partOf(service: string): Part | null {
  return PARTS.find((part) => SERVICES[part].includes(service)) ?? null
}

/** So many messages are worked off within moments. */
const DELAYED_FROM = 100

/** How a part is by one look. Pure. */
export function stateOf(part: Part, { services, lateWrites }: Signs): PartState {
  if (part === 'reads') return lateWrites === null ? 'not-working' : 'working'
  // Without the log nothing is accepted and nothing goes on.
  if (services === null) return 'not-working'
  const own = SERVICES[part].map((service) => services.get(service))
  if (own.some((one) => one?.attended !== true)) return 'not-working'
  if (own.some((one) => (one?.waiting ?? 0) > DELAYED_FROM)) return 'delayed'
  return part === 'crm' && (lateWrites ?? 0) > 0 ? 'delayed' : 'working'
}

export interface PartStatus {
  readonly part: Part
  readonly state: PartState
  /** Since when it is so, as far as it was looked at. */
  readonly since: Date
}

/** What one look found of each part, and what the look before did. */
export interface Watched {
  readonly parts: readonly PartStatus[]
  readonly seen: ReadonlyMap<Part, PartState>
  /** Times at which a part did not work, newest first. */
  readonly outages: readonly Outage[]
}

export interface Outage {
  readonly part: Part
  readonly from: Date
  /** Null while it lasts. */
  readonly until: Date | null
}

const MOST_OUTAGES = 20

export function nothingSeen(at: Date): Watched {
  return { parts: PARTS.map((part) => ({ part, state: 'unknown', since: at })), seen: new Map(), outages: [] }
}

/**
 * Takes in a look. A bad state counts when two looks in a row found it: between two requests for messages nobody seems to
 * ask, and a restart is no incident. A part that works again counts at once. Pure.
 */
export function watch(before: Watched, signs: Signs, at: Date): Watched {
  const seen = new Map(PARTS.map((part) => [part, stateOf(part, signs)]))
  const parts = before.parts.map((status) => {
    const state = seen.get(status.part) ?? 'unknown'
    const counts = state === 'working' || before.seen.get(status.part) === state
    return counts && state !== status.state ? { ...status, state, since: at } : status
  })
  return { parts, seen, outages: outagesOf(before, parts, at) }
}

function outagesOf(before: Watched, parts: readonly PartStatus[], at: Date): readonly Outage[] {
  const down = new Set(parts.filter(({ state }) => state === 'not-working').map(({ part }) => part))
  const lasting = new Set(before.outages.filter(({ until }) => until === null).map(({ part }) => part))
  const begun = [...down].filter((part) => !lasting.has(part)).map((part): Outage => ({ part, from: at, until: null }))
  const known = before.outages.map((one) => (one.until === null && !down.has(one.part) ? { ...one, until: at } : one))
  return [...begun, ...known].slice(0, MOST_OUTAGES)
}
