import type { AppliedChange } from '@leadlog/projections'

/** What a client is told: a row of a read model changed; a null id says that many did. */
export interface Change {
  readonly topic: Topic
  readonly id: string | null
}

export const TOPICS = [
  'received-event.changed',
  'lead.changed',
  'timeline.changed',
  'meeting.changed',
  'crm-write.changed',
  'dead-letter.changed',
  'work.changed',
  'event.recorded',
  'field-mapping.changed',
  'user.changed',
  'api-key.changed',
  'security-log.changed',
  'integration.changed',
  'flag.changed',
  'call.changed',
  'dial.changed',
  'conference.changed',
  'flow.changed',
  'phone-number.changed',
  'sms-thread.changed',
  'sms-message.changed',
  'sms-template.changed',
  'suppression.changed',
  'zoom-connection.changed',
  'catalogue-item.changed',
  'invoice.changed',
  'payment.changed',
  'spend.changed'
] as const
export type Topic = (typeof TOPICS)[number]

const TOPIC_OF_PROJECTION: Readonly<Record<string, Topic>> = {
  'gateway-received-events': 'received-event.changed',
  'gateway-leads': 'lead.changed',
  // Whose a lead is decides who sees it.
  'gateway-lead-owners': 'lead.changed',
  'gateway-timeline': 'timeline.changed',
  'gateway-meetings': 'meeting.changed',
  'gateway-crm-writes': 'crm-write.changed',
  'gateway-dead-letters': 'dead-letter.changed',
  'gateway-work': 'work.changed',
  'gateway-event-index': 'event.recorded',
  'gateway-field-mappings': 'field-mapping.changed',
  'gateway-users': 'user.changed',
  'gateway-api-keys': 'api-key.changed',
  'gateway-security-log': 'security-log.changed',
  'gateway-integrations': 'integration.changed',
  'gateway-flags': 'flag.changed',
  'gateway-calls': 'call.changed',
  'gateway-dials': 'dial.changed',
  'gateway-conferences': 'conference.changed',
  'gateway-flows': 'flow.changed',
  'gateway-phone-numbers': 'phone-number.changed',
  'gateway-sms-threads': 'sms-thread.changed',
  'gateway-sms-messages': 'sms-message.changed',
  'gateway-sms-templates': 'sms-template.changed',
  'gateway-suppressions': 'suppression.changed',
  'gateway-zoom-connections': 'zoom-connection.changed',
  'gateway-catalogue-items': 'catalogue-item.changed',
  'gateway-invoices': 'invoice.changed',
  'gateway-payments': 'payment.changed',
  'gateway-costs': 'spend.changed',
  'gateway-spend-budgets': 'spend.changed'
}

/** What is told of who may what; to admins only. */
const ABOUT_ACCESS: readonly Topic[] = ['user.changed', 'api-key.changed', 'security-log.changed']
/** What belongs to leads; who reads only their own hears of those, and of nothing else. */
const ABOUT_LEADS = [
  'lead.changed',
  'timeline.changed',
  'meeting.changed',
  'crm-write.changed',
  'call.changed',
  'dial.changed',
  'sms-thread.changed',
  'sms-message.changed',
  'suppression.changed',
  'invoice.changed',
  'payment.changed'
] as const satisfies readonly Topic[]
export type LeadTopic = (typeof ABOUT_LEADS)[number]

/** A change of a row that belongs to a lead. */
export interface LeadChange extends Change {
  readonly topic: LeadTopic
}

/** The topics that a reader of the scope may hear of at all. */
export function topicsFor(reads: 'own' | 'all' | 'admin'): readonly Topic[] {
  if (reads === 'own') return ABOUT_LEADS
  return reads === 'admin' ? TOPICS : TOPICS.filter((topic) => !ABOUT_ACCESS.includes(topic))
}

export function ofLeads(changes: readonly Change[]): LeadChange[] {
  return changes.flatMap(({ topic, id }) => {
    const found = ABOUT_LEADS.find((one) => one === topic)
    return found === undefined ? [] : [{ topic: found, id }]
  })
}

/** Names a row of any read model. */
export function rowKeyOf(topic: Topic, id: string | null): string {
  return `${topic} ${id ?? ''}`
}

/** What committed batches mean to clients, each row once. */
export function changesOf(applied: readonly Pick<AppliedChange, 'projection' | 'keys'>[]): Change[] {
  const changes = applied.flatMap(({ projection, keys }): Change[] => {
    const topic = TOPIC_OF_PROJECTION[projection]
    if (topic === undefined) return []
    return keys === null ? [{ topic, id: null }] : keys.map((id) => ({ topic, id }))
  })
  return distinct(changes)
}

/** False for an entry of a timeline: clients are told of the lead whose timeline it is. */
export function isToldAsItIs({ topic, id }: Change): boolean {
  return topic !== 'timeline.changed' || id === null
}

export function distinct(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [rowKeyOf(change.topic, change.id), change])).values()]
}
