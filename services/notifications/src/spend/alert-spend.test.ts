import { PermanentError, SpendThresholdReached, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import t from 'tap'
import { alertSpend } from './alert-spend.reactor.ts'
import { spendText } from './spend-text.ts'

const reached = {
  currency: 'USD',
  month: '2026-11',
  threshold: 90,
  budget: 5_000,
  usedMicros: 45_123_456,
  overtaken: false,
  at: '2026-11-20T10:00:00.000Z'
} as const

/** A reactor with a log that keeps what it records. */
function desk(send: () => Promise<void> = async () => undefined) {
  const sent: string[] = []
  const recorded: NewEvent[] = []
  const channel = {
    name: 'slack' as const,
    send: async (text: string) => {
      await send()
      sent.push(text)
    }
  }
  const handle = (data: typeof reached | (Omit<typeof reached, 'overtaken'> & { overtaken: true })) => {
    const event = { id: 'e1', type: SpendThresholdReached.type, data } as unknown as RecordedEvent
    const context = {
      repeats: new Set(),
      attemptToken: '',
      logger: { error: () => undefined },
      load: async () => ({ events: recorded }),
      transact: async ({ decide }: { decide: () => readonly NewEvent[] }) => void recorded.push(...decide())
    } as unknown as HandlerContext
    return alertSpend.handle(event, { channel, gatewayUrl: 'https://leadlog.example.com' }, context)
  }
  return { sent, recorded, handle }
}

void t.test('a threshold is told once, and one that a higher overtook is not', async (t) => {
  const { sent, recorded, handle } = desk()
  await handle({ ...reached, overtaken: true })
  t.strictSame([sent, recorded], [[], []])
  await handle(reached)
  await handle(reached)
  t.equal(sent.length, 1)
  t.match(sent[0], /90 % of the budget of 2026-11/)
  t.match(sent[0], /USD 45\.12 of USD 50\.00 · <https:\/\/leadlog\.example\.com\/spend\?month=2026-11\|/)
  t.match(recorded, [{ data: { threshold: 90, channel: 'slack', failedBecause: null } }])
})

void t.test('what cannot be delivered now is tried again, and what never can is recorded as such', async (t) => {
  const away = desk(() => Promise.reject(new Error('Slack is away')))
  await t.rejects(away.handle(reached), { message: 'Slack is away' })
  t.strictSame(away.recorded, [])
  const refused = desk(() => Promise.reject(new PermanentError('SLACK_REFUSED', 'no such channel')))
  await refused.handle(reached)
  t.match(refused.recorded, [{ data: { failedBecause: 'no such channel' } }])
})

void t.test('money is written as its currency has it', (t) => {
  const text = spendText(
    { ...reached, currency: 'JPY', threshold: 100, budget: 5_000, usedMicros: 5_001_000_000 },
    undefined
  )
  t.match(text, /used up\*\nJPY 5,001 of JPY 5,000$/)
  t.end()
})

void t.test('a budget has the digits of its currency by ISO 4217, as billing counts it', (t) => {
  const text = spendText({ ...reached, currency: 'HUF', budget: 100_000, usedMicros: 950_000_000 }, undefined)
  t.match(text, /HUF 950\.00 of HUF 1,000\.00$/)
  t.end()
})
