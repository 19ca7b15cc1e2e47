/** What deciding about past extractions another way needs; pure. */
export { enrichLead, type EnrichLead } from './lead/enrich-lead.ts'
export { enrichmentOf } from './lead/follow-extractions.reactor.ts'
export { leadRef } from './lead/lead-ref.ts'
