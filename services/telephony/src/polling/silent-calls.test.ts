import {
  CallEnded,
  isRefusal,
  PermanentError,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TwilioCall } from '@leadlog/twilio/rest'
import t from 'tap'
import { callIdOf } from '../call/call-ref.ts'
import type { TelephonyDeps } from '../deps.ts'
import { endSilentCalls, setSilenceTimers } from './silent-calls.reactors.ts'

const SID = `CA${'1'.repeat(32)}`
const CALL_ID = callIdOf(SID)
const BEGAN = '2026-11-18T10:00:00.000Z'
const DUE = '2026-11-20T10:00:00.000Z'

/** A call that was placed and of which nothing more was heard; Twilio says of it what the test says. */
function silent(twilio: (() => Promise<Partial<TwilioCall>>) | null) {
  const placed = {
    callId: CALL_ID,
    dialId: 'd1',
    personId: 'p1',
    leadId: null,
    callSid: SID,
    from: '+16465550100',
    to: '+14155550142',
    placedAt: BEGAN
  }
  const events = [
    { id: 'e1', type: 'telephony.CallPlaced.v1', time: BEGAN, data: placed, correlationid: CALL_ID }
  ] as unknown as RecordedEvent[]
  const timers: { key: string; at: Date; payload: unknown }[] = []
  const deps = {
    callerId: () => 'p1',
    twilio: twilio && { call: twilio },
    log: {
      load: async (ref: AggregateRef) => ({ ref, events: ref.aggregate === 'call' ? events : [], sequence: 1 }),
      schedule: async (timer: (typeof timers)[number]) => void timers.push(timer),
      transact: async ({ decide }: { decide: (given: unknown[]) => readonly NewEvent[] }) => {
        const decided = decide([{ events }])
        if (isRefusal(decided)) throw new TypeError('refused')
        for (const { definition, data } of decided) {
          events.push({ id: 'e', type: definition.type, time: DUE, data } as unknown as RecordedEvent)
        }
        return { events: [], repeated: false }
      }
    }
  } as unknown as TelephonyDeps
  type Handle = typeof endSilentCalls.handle
  const data = {
    service: 'telephony',
    key: `silent-${CALL_ID}`,
    dueAt: DUE,
    payload: { callId: CALL_ID, callSid: SID }
  }
  const due = { id: 't1', correlationid: CALL_ID, data } as unknown as Parameters<Handle>[0]
  return {
    events,
    timers,
    begins: () => setSilenceTimers.handle(events[0] as never, deps, {} as never),
    due: () => endSilentCalls.handle(due, deps, {} as never),
    ends: () => events.filter(({ type }) => type === CallEnded.type).map(({ data }) => data)
  }
}

const call = (status: TwilioCall['status']): Partial<TwilioCall> => ({
  sid: SID,
  status,
  direction: 'outbound-api',
  from: '+16465550100',
  to: '+14155550142',
  durationSeconds: status === 'completed' ? 187 : null,
  createdAt: new Date(BEGAN),
  startedAt: new Date(BEGAN),
  endedAt: status === 'completed' ? new Date('2026-11-18T10:03:07.000Z') : null
})

void t.test('two days after a call began its end is asked for, whoever was there then', async (t) => {
  const one = silent(async () => call('completed'))
  await one.begins()
  t.match(one.timers, [{ key: `silent-${CALL_ID}`, at: new Date(DUE), payload: { callId: CALL_ID, callSid: SID } }])
  await one.due()
  t.match(one.ends(), [{ callId: CALL_ID, status: 'completed' }])
  await one.due()
  t.equal(one.ends().length, 1)
  t.equal(one.timers.length, 1, 'and never again')
})

void t.test('a call of which Twilio knows nothing has failed; one that goes on is asked about tomorrow', async (t) => {
  const gone = silent(() => Promise.reject(new PermanentError('TWILIO_20404', 'no such call')))
  await gone.due()
  t.match(gone.ends(), [{ status: 'failed', reason: 'unknown-at-twilio' }])
  t.strictSame(gone.timers, [])
  for (const talking of [silent(async () => call('in-progress')), silent(null)]) {
    await talking.due()
    t.strictSame(talking.ends(), [])
    t.match(talking.timers, [{ at: new Date('2026-11-21T10:00:00.000Z') }])
  }
  const away = silent(() => Promise.reject(new PermanentError('TWILIO_20003', 'no permission')))
  await t.rejects(away.due(), { code: 'TWILIO_20003' })
})
