import { isEvent, LeadCaptured, LeadDetailsChanged, type Customer } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'

/** The lead as it is known now; null for one that nobody captured. */
export async function customerOfLead(leadId: string, context: Pick<HandlerContext, 'load'>): Promise<Customer | null> {
  const { events } = await context.load({ context: 'crm', aggregate: 'lead', id: leadId })
  const known = events.findLast((event) => isEvent(event, LeadCaptured) || isEvent(event, LeadDetailsChanged))
  return known?.data.customer ?? null
}
