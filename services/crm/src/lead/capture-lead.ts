import {
  LeadCaptured,
  LeadDetailsChanged,
  LeadDetailsEntered,
  newEvent,
  refuse,
  type CaptureLead as CaptureLeadCommand,
  type CommandData,
  type Customer,
  type Decider,
  type NewEvent
} from '@leadlog/contracts'
import { isSame } from './is-same.ts'
import { leadDetails, type DetailsClaim } from './lead-details.ts'
import { evolveLead, unknownLead, type Lead } from './lead.ts'

/** Somebody tells of a person. */
export interface CaptureLead {
  readonly leadId: string
  readonly personId: string
  readonly entered: CommandData<typeof CaptureLeadCommand>
  /** When it was sent. */
  readonly at: string
}

/** One @, something before it, and a domain with a dot after it: enough to know a person by. */
const EMAIL_FORM = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u

/** Takes down what was entered, and whatever follows: that the person is a lead, that details are known better. */
export const captureLead: Decider<Lead, CaptureLead> = {
  initialState: () => unknownLead,
  evolve: evolveLead,
  decide: ({ leadId, personId, entered, at }, lead) => {
    const email = entered.email.trim().toLowerCase()
    if (!EMAIL_FORM.test(email)) {
      return refuse(
        'CRM_LEAD_EMAIL_UNUSABLE',
        'The e-mail address cannot be used. Enter one such as name@company.com: a lead is known by it'
      )
    }
    const ids = { leadId, personId }
    const customer = customerOf(entered, email)
    const claim: DetailsClaim = { customer, source: 'manual', at }
    const details = leadDetails([...lead.claims, claim]) ?? customer
    const { company = null, note = null, source } = entered
    const events: NewEvent[] = lead.captured
      ? []
      : [newEvent(LeadCaptured, leadId, { ...ids, customer: details, origin: 'manual', capturedAt: at })]
    events.push(newEvent(LeadDetailsEntered, leadId, { ...ids, customer, company, note, source, enteredAt: at }))
    if (lead.captured && !isSame(details, lead.details)) {
      events.push(newEvent(LeadDetailsChanged, leadId, { ...ids, customer: details }))
    }
    return events
  }
}

/** The last word of a name is taken for the family's. */
function customerOf({ name, phone }: CaptureLead['entered'], email: string): Customer {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? (words.at(-1) ?? null) : null
  const first = (last === null ? words : words.slice(0, -1)).join(' ')
  return {
    email,
    name: words.join(' '),
    firstName: first === '' ? null : first,
    lastName: last,
    phone: phone?.trim() ?? null,
    timezone: null
  }
}
