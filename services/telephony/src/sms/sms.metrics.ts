import { counter, gauge } from '@leadlog/service'

/** What became of messages that were taken from the queue. */
export const smsOutcomes = counter('leadlog_sms_total', 'Messages taken from the queue, by what became of them', {
  outcome: 'sent, not-sent (suppressed, refused, expired), held (it is quiet there), tried-again'
})

/** How many messages wait, also those that are to go later. */
export const smsWaiting = gauge('leadlog_sms_waiting', 'Messages in the queue, also those for a later time', {})

/** How long the oldest message waits that could go. */
export const smsOldestDue = gauge(
  'leadlog_sms_oldest_due_seconds',
  'How long the oldest message waits that could go; 0 where none waits',
  {}
)
