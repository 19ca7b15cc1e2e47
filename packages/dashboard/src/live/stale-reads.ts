/** Which reads show rows that a topic of `/v1/stream` speaks of, by the first part of their query key. */
const READS_OF_TOPIC: Readonly<Record<string, readonly string[]>> = {
  'received-event.changed': ['/v1/received-events', '/v1/received-events/{id}', '/v1/ledger', '/v1/overview'],
  'lead.changed': ['/v1/leads', '/v1/leads/{id}', '/v1/leads/{id}/timeline', '/v1/leads/{id}/changes', '/v1/overview'],
  // What is kept of a recording, and what was said, is told on timelines.
  'timeline.changed': ['/v1/leads/{id}/timeline', '/v1/calls/{id}/recordings'],
  'meeting.changed': ['/v1/meetings', '/v1/meetings/{id}'],
  'crm-write.changed': ['/v1/crm-writes', '/v1/overview', '/v1/flags'],
  'sms-thread.changed': ['/v1/sms-threads', '/v1/sms-threads/{id}'],
  'sms-message.changed': ['/v1/sms-threads', '/v1/sms-threads/{id}/messages'],
  'sms-template.changed': ['/v1/sms-templates'],
  'suppression.changed': ['/v1/suppressions', '/v1/suppressions/{id}', '/v1/sms-threads'],
  // A user hears of the calls of their leads, and sees the conferences that these are in.
  'call.changed': ['/v1/calls', '/v1/calls/{id}', '/v1/calls/{id}/recordings', '/v1/conferences'],
  'dial.changed': ['/v1/dials'],
  'conference.changed': ['/v1/conferences'],
  'flow.changed': ['/v1/flows', '/v1/flows/{id}', '/v1/phone-numbers'],
  'phone-number.changed': ['/v1/phone-numbers', '/v1/flows', '/v1/flows/{id}'],
  'catalogue-item.changed': ['/v1/catalogue-items', '/v1/catalogue-items/{id}'],
  'spend.changed': ['/v1/spend', '/v1/spend/entries', '/v1/spend/budget'],
  'invoice.changed': ['/v1/invoices', '/v1/invoices/totals', '/v1/invoices/{id}', '/v1/invoices/{id}/pdf'],
  'payment.changed': [
    '/v1/payments',
    '/v1/payments/{id}',
    '/v1/parked-payments',
    '/v1/parked-payments/{id}',
    '/v1/overview'
  ],
  'flag.changed': ['/v1/flags', '/v1/overview'],
  'work.changed': [
    '/v1/redrives',
    '/v1/rebuilds',
    '/v1/rebuilds/{id}',
    '/v1/read-models',
    '/v1/what-ifs',
    '/v1/what-ifs/{id}',
    '/v1/what-ifs/{id}/records'
  ],
  'field-mapping.changed': ['/v1/field-mapping', '/v1/field-mapping/versions'],
  'integration.changed': ['/v1/integrations'],
  'zoom-connection.changed': ['/v1/zoom-connections', '/v1/integrations'],
  'dead-letter.changed': [
    '/v1/dead-letters',
    '/v1/dead-letters/groups',
    '/v1/dead-letters/{id}',
    '/v1/overview',
    '/v1/field-mapping'
  ],
  'user.changed': ['/v1/users'],
  'api-key.changed': ['/v1/api-keys'],
  'security-log.changed': ['/v1/security-log'],
  'event.recorded': ['/v1/events', '/v1/events/{id}/trace']
}

/** A read that is on the screen or kept: its path and the id that it is about, if it is about one. */
export interface KnownRead {
  readonly path: string
  readonly id: string | undefined
}

/**
 * Whether a change makes a read stale. A read of one row, or of one lead, is stale when it is that one's; a null id says
 * that many changed. A trace is about another event than the one that was recorded, so it counts always.
 */
export function isStaleAfter(read: KnownRead, topic: string, id: string | null): boolean {
  if (!(READS_OF_TOPIC[topic] ?? []).includes(read.path)) return false
  const isOfThisRow = read.path.endsWith('{id}') || read.path.startsWith('/v1/leads/{id}/')
  return id === null || !isOfThisRow || read.id === undefined || read.id === id
}
