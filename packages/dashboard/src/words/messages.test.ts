import t from 'tap'
import { mayCancel, messageLook, threadName, whyNotSent } from './messages.ts'

void t.test('a message says how far it is, and why it did not go', async (t) => {
  t.match(messageLook('held'), { word: 'Until quiet hours end' })
  t.match(messageLook('undelivered'), { tone: 'danger' })
  t.equal(mayCancel({ status: 'held', direction: 'out' }), true)
  t.equal(mayCancel({ status: 'sent', direction: 'out' }), false)
  t.equal(threadName({ number: '+14155550142' }), '+14155550142')
  t.equal(threadName({ number: null }), 'An erased number')
  const check = {
    channel: 'sms' as const,
    purpose: 'service' as const,
    suppressionId: 's',
    suppressionVersion: 1,
    result: 'suppressed' as const,
    factId: 'f',
    reason: 'opted-out' as const,
    until: null,
    timeZones: [],
    timeZonesFrom: 'unknown' as const,
    quietHours: { from: '21:00', until: '08:00' },
    checkedAt: '2026-11-30T10:00:00Z'
  }
  t.match(whyNotSent({ check, notSent: null, errorCode: null }), /^Opted out/)
  t.equal(
    whyNotSent({
      check: null,
      notSent: { reason: 'refused', code: 'TWILIO_21211', detail: 'No number' },
      errorCode: null
    }),
    'No number (TWILIO_21211)'
  )
  t.equal(whyNotSent({ check: null, notSent: null, errorCode: '30003' }), "Twilio's error 30003")
  t.equal(whyNotSent({ check: null, notSent: null, errorCode: null }), null)
})
