import t from 'tap'
import {
  CallAdvanced,
  CallConnected,
  CallEnded,
  CallFellBack,
  CallNotPlaced,
  CallReceived,
  CallRequested,
  RecordingDeleted,
  type RecordedEvent
} from '@leadlog/contracts'
import { entryOf } from './timeline-entry.ts'

function event(type: string, data: unknown): RecordedEvent {
  return { type, data, source: 'leadlog/telephony', time: '2026-11-18T16:00:00Z' } as RecordedEvent
}

void t.test('a timeline tells of the call, the message, and its end', (t) => {
  const received = {
    from: '+14155550142',
    to: '+16465550100',
    flow: { flowId: 'reception', version: 2 },
    receivedAt: '2026-11-18T15:59:00Z'
  }
  t.match(entryOf(event(CallReceived.type, received)), {
    kind: 'call',
    title: 'Called +16465550100',
    detail: '+14155550142, reception',
    at: '2026-11-18T15:59:00Z',
    source: 'twilio'
  })
  const steps = [{ step: 'leave-word', kind: 'voicemail', outcome: 'recorded' }]
  t.equal(entryOf(event(CallAdvanced.type, { steps, at: '2026-11-18T16:00:00Z' }))?.title, 'Left a message')
  t.equal(entryOf(event(CallAdvanced.type, { steps: [{ ...steps[0], outcome: 'silent' }], at: '' })), null)
  const ended = { direction: 'inbound', status: 'no-answer', durationSeconds: null, endedAt: '2026-11-18T16:01:00Z' }
  t.match(entryOf(event(CallEnded.type, ended)), { title: 'Call ended: no answer', detail: null })
  const outbound = { ...ended, direction: 'outbound', status: 'completed', durationSeconds: 187 }
  t.match(entryOf(event(CallEnded.type, outbound)), { title: 'Call to them ended: completed', detail: '3 min 7 s' })
  const gone = { ...ended, status: 'failed', reason: 'unknown-at-twilio' }
  t.match(entryOf(event(CallEnded.type, gone)), { title: 'Call ended: failed', detail: 'Twilio knows nothing of it' })
  const asked = { to: '+14155550142', why: 'asked for a call back', requestedAt: '2026-11-18T15:58:00Z' }
  t.match(entryOf(event(CallRequested.type, asked)), {
    title: 'A call to them was asked for',
    detail: '+14155550142: asked for a call back'
  })
  const not = { reason: 'suppressed', code: null, at: '2026-11-18T15:58:01Z' }
  t.equal(entryOf(event(CallNotPlaced.type, not))?.title, 'Not called: they are not to be called')
  t.match(entryOf(event(CallNotPlaced.type, { ...not, reason: 'refused', code: 'TWILIO_21215' })), {
    title: 'Not called: Twilio refused',
    detail: 'TWILIO_21215'
  })
  const took = (answeredBy: string | null) =>
    entryOf(event(CallConnected.type, { answeredBy, connectedAt: '2026-11-18T15:59:00Z' }))?.title
  t.strictSame(
    [took(null), took('human'), took('machine_end_beep')],
    ['Took our call', 'Took our call', 'A machine took our call']
  )
  t.equal(entryOf(event(CallFellBack.type, {})), null)
  t.end()
})

void t.test('a recording that goes with its person is not told: their timeline was erased before', (t) => {
  const deleted = { note: null, deletedAt: '2026-11-18T16:00:00Z' }
  const told = (reason: string) => entryOf(event(RecordingDeleted.type, { ...deleted, reason }))
  t.match(told('retention'), { title: 'Recording deleted', detail: 'its time was over' })
  t.match(told('request'), { title: 'Recording deleted', detail: 'somebody asked' })
  t.equal(told('erasure'), null)
  t.end()
})
