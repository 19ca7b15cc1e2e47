import {
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadStatusChanged,
  type AggregateRef,
  type Customer,
  type RecordedEvent
} from '@leadlog/contracts'

/** A lead as far as calls need it. */
export interface CallerLead {
  readonly customer: Customer | null
  readonly status: string
  readonly demo: { readonly startsAt: string; readonly timezone: string | null } | null
  /** Every phone number that it was ever known by, the one of now last. */
  readonly phones: readonly (string | null)[]
}

export function leadRef(leadId: string): AggregateRef {
  return { context: 'crm', aggregate: 'lead', id: leadId }
}

/** The lead of its history. */
export function callerLead(events: readonly RecordedEvent[]): CallerLead {
  return events.reduce<CallerLead>(
    (lead, event) => {
      if (isEvent(event, LeadCaptured) || isEvent(event, LeadDetailsChanged)) {
        const { customer } = event.data
        return { ...lead, customer, phones: [...lead.phones, customer.phone] }
      }
      if (isEvent(event, LeadStatusChanged)) return { ...lead, status: event.data.to }
      if (isEvent(event, LeadDemoDateChanged)) return { ...lead, demo: event.data }
      return lead
    },
    { customer: null, status: 'new', demo: null, phones: [] }
  )
}

/** The placeholders that the lead fills. */
export function leadVariables({ customer, status, demo }: CallerLead): Readonly<Record<string, string>> {
  const known = {
    'lead.firstName': customer?.firstName,
    'lead.lastName': customer?.lastName,
    'lead.name': customer?.name,
    'lead.status': status,
    ...(demo === null ? {} : demoVariables(demo.startsAt, demo.timezone))
  }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value] as const] : []
    )
  )
}

/** As a person says it. Without the lead's time zone a time could be wrong by hours, so it is left out. */
function demoVariables(startsAt: string, timeZone: string | null): Readonly<Record<string, string>> {
  if (timeZone === null || Number.isNaN(Date.parse(startsAt))) return {}
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(new Date(startsAt))
  try {
    return {
      'lead.demoDay': format({ weekday: 'long', month: 'long', day: 'numeric' }),
      'lead.demoTime': format({ hour: 'numeric', minute: '2-digit' })
    }
  } catch {
    return {}
  }
}
