import {
  CallAdvanced,
  CallEnded,
  CallReceived,
  CallRecordingReported,
  CallStatusReported,
  SmsSent,
  SmsStatusReported,
  type EventDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import t from 'tap'
import { createOpenBook } from './open-book.ts'

const POLL_AFTER_MS = 100_000
const began = Date.UTC(2026, 10, 18, 16, 0, 0)

function event({ type }: EventDefinition, atSeconds: number, data: object): RecordedEvent {
  return { type, time: new Date(began + atSeconds * 1_000).toISOString(), data } as RecordedEvent
}

const call = { callId: 'c1', callSid: 'CA1' }
const at = (seconds: number): number => began + seconds * 1_000

void t.test('a call is asked about when it has been silent, ever more seldom, and no more once it is over', (t) => {
  const book = createOpenBook(POLL_AFTER_MS)
  book.take(event(CallReceived, 0, call))
  book.take(event(CallStatusReported, 10, { ...call, status: 'in-progress' }))
  t.strictSame(book.due(at(109)), [])
  const [open] = book.due(at(110))
  t.match(open, { kind: 'call', id: 'c1', sid: 'CA1' })
  if (open) book.askedInVain(open, at(110))
  t.strictSame(book.due(at(309)), [], 'twice as long')
  t.equal(book.due(at(310)).length, 1)
  book.take(event(CallAdvanced, 320, { callId: 'c1', steps: [] }))
  t.strictSame(book.due(at(419)), [], 'news begin the time anew')
  book.take(event(CallEnded, 330, { callId: 'c1', status: 'completed' }))
  book.take(event(CallStatusReported, 331, { ...call, status: 'ringing' }))
  t.equal(book.size, 0, 'what comes late does not open it again')
  t.end()
})

void t.test('how often Twilio said that there is no such call is counted until it says anything else', (t) => {
  const book = createOpenBook(POLL_AFTER_MS)
  book.take(event(CallReceived, 0, call))
  const [open] = book.due(at(100))
  if (open === undefined) throw new Error('nothing is open')
  t.equal(book.saidMissing(open, at(100)), 1)
  t.strictSame(book.due(at(299)), [], 'and it is asked ever more seldom')
  t.equal(book.saidMissing(open, at(300)), 2)
  book.askedInVain(open, at(700))
  t.equal(book.saidMissing(open, at(1_500)), 1)
  book.take(event(CallStatusReported, 1_600, { ...call, status: 'in-progress' }))
  t.equal(book.saidMissing(open, at(1_700)), 1, 'nor after news')
  book.take(event(CallEnded, 1_800, { callId: 'c1', status: 'failed' }))
  t.end()
})

void t.test('recordings are asked for where fewer were heard of than steps may have left', (t) => {
  const book = createOpenBook(POLL_AFTER_MS)
  const steps = [
    { step: 'vm', kind: 'voicemail', outcome: 'recorded' },
    { step: 'bye', kind: 'say', outcome: 'next' }
  ]
  book.take(event(CallReceived, 0, call))
  book.take(event(CallAdvanced, 5, { callId: 'c1', steps }))
  book.take(event(CallEnded, 10, { callId: 'c1', status: 'completed' }))
  t.match(book.due(at(110)), [{ kind: 'recordings', sid: 'CA1' }])
  book.take(event(CallRecordingReported, 20, { ...call, recordingSid: 'RE1', status: 'in-progress' }))
  t.equal(book.size, 1)
  book.take(event(CallRecordingReported, 30, { ...call, recordingSid: 'RE1', status: 'completed' }))
  t.equal(book.size, 0)
  const other = { callId: 'c2', callSid: 'CA2' }
  book.take(event(CallReceived, 0, other))
  book.take(event(CallAdvanced, 5, { callId: 'c2', steps: steps.slice(1) }))
  book.take(event(CallEnded, 10, { callId: 'c2', status: 'completed' }))
  t.equal(book.size, 0, 'nothing of it was recorded')
  t.end()
})

void t.test('a message is asked about until it has arrived, or cannot', (t) => {
  const book = createOpenBook(POLL_AFTER_MS)
  const message = { messageId: 'm1', messageSid: 'SM1' }
  book.take(event(SmsSent, 0, { ...message, status: 'queued' }))
  book.take(event(SmsStatusReported, 10, { ...message, status: 'sent' }))
  t.match(book.due(at(110)), [{ kind: 'message', id: 'm1', sid: 'SM1' }])
  book.take(event(SmsStatusReported, 120, { ...message, status: 'delivered' }))
  t.equal(book.size, 0)
  t.end()
})
