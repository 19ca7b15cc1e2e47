import type { AggregateRef } from '@leadlog/contracts'

/** A lead's aggregate. Its id is the person's id at first sight. */
export function leadRef(leadId: string): AggregateRef {
  return { context: 'crm', aggregate: 'lead', id: leadId }
}
