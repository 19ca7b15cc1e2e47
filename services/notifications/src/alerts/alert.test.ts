import t from 'tap'
import { planAlerts, SINGLE_ALERTS_PER_WINDOW, WINDOW_MS, type AlertHistory, type Failure } from './alert.ts'
import { alertText } from './alert-text.ts'

const NOW = Date.parse('2026-11-18T10:00:00Z')
const nothingTold: AlertHistory = { toldIds: new Set(), sentAt: [] }

function failure(id: string, message = 'The CRM refused it'): Failure {
  return {
    deadLetterId: id,
    at: '2026-11-18T09:59:59Z',
    data: {
      service: 'crm-sync',
      handler: 'write-records',
      stream: 'EVENTS',
      sequence: 7,
      eventId: 'e1',
      eventType: 'crm-sync.WriteQueued.v1',
      subject: 'evt.crm-sync.record.x',
      attempt: 1,
      code: 'CRM_SYNC_REFUSED',
      message,
      fingerprint: 'f',
      reason: 'permanent'
    }
  }
}

const failures = (count: number) => Array.from({ length: count }, (_, index) => failure(`d${index}`))

void t.test('a failure is one message, a few failures are a few', (t) => {
  t.equal(planAlerts('f', failures(1), nothingTold, NOW).alerts.length, 1)
  t.match(planAlerts('f', failures(SINGLE_ALERTS_PER_WINDOW), nothingTold, NOW), {
    waitMs: 0,
    alerts: { length: SINGLE_ALERTS_PER_WINDOW }
  })
  t.end()
})

void t.test('a storm is one message with a count, and the next one waits for its minute', (t) => {
  const storm = planAlerts('f', failures(200), nothingTold, NOW)
  t.equal(storm.alerts.length, 1)
  t.equal(storm.alerts[0]?.failures.length, 200)
  t.equal(storm.waitMs, 0, 'the first message of a storm is not held back')
  const next = planAlerts('f', failures(5), { toldIds: new Set(), sentAt: [NOW - 10_000] }, NOW)
  t.match(next, { waitMs: WINDOW_MS - 10_000, alerts: { length: 1 } })
  t.end()
})

void t.test('what was told is not told again', (t) => {
  const told = { toldIds: new Set(['d0', 'd1']), sentAt: [NOW - 1_000] }
  t.strictSame(planAlerts('f', failures(2), told, NOW).alerts, [])
  t.strictSame(
    planAlerts('f', failures(3), told, NOW).alerts.flatMap((alert) => alert.failures.map((one) => one.deadLetterId)),
    ['d2']
  )
  const [first, again] = [1, 2].map(() => planAlerts('f', failures(1), nothingTold, NOW).alerts[0]?.alertId)
  t.equal(first, again, 'the reference of a message is the same after a crash')
  t.end()
})

void t.test('foreign text cannot ping or fake a link', (t) => {
  const [alert] = planAlerts(
    'f',
    [failure('d', `<!channel> & <https://evil.example|click> ${'x'.repeat(900)}`)],
    nothingTold,
    NOW
  ).alerts
  const text = alert ? alertText(alert, 'https://leadlog.example') : ''
  t.notMatch(text, /<!channel>|<https:\/\/evil/)
  t.match(text, /&lt;!channel&gt; &amp;/)
  t.ok(text.length < 800)
  t.match(text, /<https:\/\/leadlog\.example\/v1\/dead-letters\/d\|dead letter>/)
  t.end()
})
