import t from 'tap'
import { channelWords, doneWords, standsWords } from './suppressions.ts'

void t.test('what stands between us and a number is told in words', async (t) => {
  const at = '2026-11-30T10:00:00Z'
  const fact = (channel: 'call' | 'sms', reason: 'opted-out' | 'operator') => ({ channel, reason, factId: 'f', at })
  t.equal(standsWords({ facts: [] }), 'May be contacted again')
  t.equal(
    standsWords({ facts: [fact('sms', 'opted-out'), fact('call', 'operator')] }),
    'No messages and calls: opted out, blocked by one of us'
  )
  t.equal(channelWords(['sms', 'sms']), 'messages')
  const source = { kind: 'message' as const, messageId: 'm', word: 'stop' }
  t.equal(
    doneWords({ did: 'suppressed', channels: ['sms'], reason: 'opted-out', source }),
    'No messages: opted out, by the message STOP'
  )
  t.equal(
    doneWords({
      did: 'released',
      channels: ['sms', 'call'],
      reason: 'operator',
      source: { kind: 'operator', messageId: null, word: null }
    }),
    'Messages and calls allowed again'
  )
})
