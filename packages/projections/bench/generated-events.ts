import {
  LeadCaptured,
  LeadEnriched,
  LeadStatusChanged,
  type EventBatch,
  type EventBatchRequest,
  type EventSource,
  type RecordedEvent
} from '@leadlog/contracts'

/** Every fifth event is a new lead, the others change one of those known. */
const NEW_LEAD_EVERY = 5
/** Most changes concern leads of the last weeks; one in ten any lead there ever was. */
const RECENT_LEADS = 5_000
const ANY_LEAD_EVERY = 10

/** Up to here the events are made beforehand, so that reading costs nothing; beyond, memory is what is looked at. */
const KEPT_EVENTS = 200_000

/** A source of generated events, the same ones every time. */
export function generatedSource(count: number): EventSource {
  const kept = count <= KEPT_EVENTS ? Array.from({ length: count }, (_, index) => eventAt(index + 1)) : null
  const slice = (from: number, through: number): readonly RecordedEvent[] =>
    kept?.slice(from - 1, through) ?? Array.from({ length: through - from + 1 }, (_, index) => eventAt(from + index))
  return {
    async lastSequence() {
      return count
    },
    async firstSequence() {
      return 1
    },
    async *batches(request: EventBatchRequest): AsyncGenerator<EventBatch, void, undefined> {
      const { signal, maxEvents } = request
      const end = Math.min(count, request.untilSequence ?? count)
      for (let from = request.fromSequence; from <= end && !signal.aborted; from += maxEvents) {
        const through = Math.min(end, from - 1 + maxEvents)
        yield { events: slice(from, through), throughSequence: through, caughtUp: through === count }
      }
      if (request.untilSequence !== undefined) return
      // Nothing more comes: wait to be stopped, as a quiet stream does.
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}

function eventAt(sequence: number): RecordedEvent {
  const random = scatter(sequence)
  const isNew = sequence % NEW_LEAD_EVERY === 1
  const newest = Math.floor((sequence - 1) / NEW_LEAD_EVERY)
  const among = random % ANY_LEAD_EVERY === 0 ? newest + 1 : Math.min(newest + 1, RECENT_LEADS)
  const lead = isNew ? newest : newest - (scatter(random) % among)
  const leadId = `lead-${lead.toString(36).padStart(8, '0')}`
  const type = isNew ? LeadCaptured.type : random % 2 === 0 ? LeadStatusChanged.type : LeadEnriched.type
  return {
    specversion: '1.0',
    id: `e${sequence}`,
    source: 'leadlog/crm',
    type,
    subject: `crm.lead.${leadId}`,
    time: new Date(1_790_000_000_000 + sequence * 100).toISOString(),
    datacontenttype: 'application/json',
    dataschema: type,
    schemaversion: 1,
    correlationid: `c${sequence}`,
    causationid: `c${sequence}`,
    actor: 'service:crm',
    data: dataOf(type, leadId, sequence),
    sequence,
    stream: 'EVENTS'
  }
}

/** A number that looks random, the same for the same sequence. */
function scatter(sequence: number): number {
  let mixed = Math.imul(sequence ^ (sequence >>> 16), 0x45d9f3b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function dataOf(type: string, leadId: string, sequence: number): unknown {
  const personId = `p-${leadId}`
  switch (type) {
    case LeadCaptured.type: {
      const customer = { email: `${leadId}@example.com`, name: `Customer ${sequence}`, company: 'Example "Ltd"' }
      return { leadId, personId, customer, origin: 'calendly', capturedAt: '2026-11-18T10:00:00.000Z' }
    }
    case LeadStatusChanged.type:
      return { leadId, personId, from: 'new', to: sequence % 2 ? 'demo-booked' : 'demo-complete', meetingId: null }
    default:
      return {
        leadId,
        personId,
        meetingId: `m${sequence}`,
        extractionId: `x${sequence}`,
        kind: 'booking',
        fields: [
          { field: 'team_size', value: sequence % 90, evidence: `we are ${sequence % 90} people` },
          { field: 'urgency', value: 'this quarter', evidence: 'by the end of the quarter' }
        ],
        observedAt: '2026-11-18T10:00:00.000Z'
      }
  }
}
