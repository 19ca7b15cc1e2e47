import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  type DataOf,
  type EventDefinition
} from '@leadlog/contracts'

/** The read model that every contestant builds: a lead as a list of leads shows it. */
export interface LeadRow {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly phone: string | null
  readonly company: string | null
  readonly status: string
  readonly captured_at: string
  readonly demo_at: string | null
  readonly last_activity_at: string
  readonly meetings: number
  readonly fields: Readonly<Record<string, LeadField>>
}

interface LeadField {
  readonly value: string | number | readonly string[]
  readonly evidence: string | null
  readonly observedAt: string
}

/** The events it is made of. */
export const leadEvents = [
  LeadCaptured,
  LeadMeetingRecorded,
  LeadStatusChanged,
  LeadDemoDateChanged,
  LeadEnriched
] as const

type Data<D extends EventDefinition> = { readonly data: DataOf<D> }

/** The same pure fold for every contestant, one function an event; only the first event makes a row. */
export const leadFold = {
  [LeadCaptured.type]: (_row: LeadRow | null, { data }: Data<typeof LeadCaptured>): LeadRow | null => ({
    id: data.leadId,
    email: data.customer.email,
    name: data.customer.name,
    phone: data.customer.phone,
    company: null,
    status: 'new',
    captured_at: data.capturedAt,
    demo_at: null,
    last_activity_at: data.capturedAt,
    meetings: 0,
    fields: {}
  }),
  [LeadMeetingRecorded.type]: (row: LeadRow | null, { data }: Data<typeof LeadMeetingRecorded>): LeadRow | null =>
    row && {
      ...row,
      phone: data.customer?.phone ?? row.phone,
      meetings: row.meetings + 1,
      last_activity_at: later(row.last_activity_at, data.fact.occurredAt)
    },
  [LeadStatusChanged.type]: (row: LeadRow | null, { data }: Data<typeof LeadStatusChanged>): LeadRow | null =>
    row && { ...row, status: data.to },
  [LeadDemoDateChanged.type]: (row: LeadRow | null, { data }: Data<typeof LeadDemoDateChanged>): LeadRow | null =>
    row && { ...row, demo_at: data.startsAt },
  [LeadEnriched.type]: (row: LeadRow | null, { data }: Data<typeof LeadEnriched>): LeadRow | null => {
    if (!row) return null
    const added = data.fields.map(({ field, value, evidence }): [string, LeadField] => [
      field,
      { value, evidence, observedAt: data.observedAt }
    ])
    const fields = { ...row.fields, ...Object.fromEntries(added) }
    const company = fields['company']?.value
    return {
      ...row,
      fields,
      company: typeof company === 'string' ? company : row.company,
      last_activity_at: later(row.last_activity_at, data.observedAt)
    }
  }
}

/** {@link leadFold} for an event whose type is known at run time only. */
export function foldLead(
  row: LeadRow | null,
  event: { readonly type: string; readonly data: unknown }
): LeadRow | null {
  const handlers: Readonly<Record<string, (row: LeadRow | null, event: { readonly data: never }) => LeadRow | null>> =
    leadFold
  const handler = handlers[event.type]
  return handler ? handler(row, { data: event.data as never }) : row
}

/** Times of these events are all ISO 8601 in UTC with milliseconds, so their text has their order. */
function later(a: string, b: string): string {
  return b > a ? b : a
}
