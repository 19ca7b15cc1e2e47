import { CallReceived, ConferenceReported, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { conferenceIdOf } from './room.ts'
import { recordedCall } from './recorded-call.ts'

const joined = (sequence: number, callId: string) => ({
  type: ConferenceReported.type,
  data: { conferenceSid: 'CF1', news: 'join', sequence, callSid: `CA ${callId}`, callId, muted: false, hold: false }
})
const received = (leadId: string | null) => ({ type: CallReceived.type, data: { personId: 'p1', leadId } })

void t.test('a recording of a conference is kept with the call of a lead who was in it', async (t) => {
  const calls: Record<string, object[]> = {
    stranger: [received(null)],
    other: [received(null)],
    lead: [received('l1')]
  }
  const among = (...callIds: string[]) =>
    recordedCall(
      {
        load: async ({ aggregate, id }: AggregateRef) => {
          const room = id === conferenceIdOf('sales', 'CF1') ? callIds.map((callId, at) => joined(at, callId)) : []
          return { events: (aggregate === 'conference' ? room : (calls[id] ?? [])) as RecordedEvent[] }
        }
      },
      'CF1'
    )
  t.equal(await among('unknown', 'stranger', 'lead'), 'CA lead')
  t.equal(await among('unknown', 'stranger', 'other'), 'CA stranger', 'or with the first that is known')
  t.equal(await among('unknown'), null)
  t.equal(await among(), null)
})
