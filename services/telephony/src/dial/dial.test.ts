import type { ContactCheck, NewEvent, RecordedEvent } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { unknownCall } from '../call/call.ts'
import { cancelDial, clearDial, placeDial, refuseDial, requestCall } from './decide-dial.ts'
import { dialOf, type Dial } from './dial.ts'
import { programFlow } from './program-flow.ts'
import { machineDetectionOf, programOf } from './program-of.ts'
import { validateFlow } from '@leadlog/call-flow'

const at = '2026-11-18T16:00:00.000Z'
const now = new Date('2026-11-18T16:00:05.000Z')

const request = {
  dialId: 'd1',
  personId: 'p1',
  leadId: 'l1',
  to: '+14155550142',
  from: '+16465550100',
  connect: { kind: 'number' as const, number: '+14155550177' },
  purpose: 'service' as const,
  onMachine: { kind: 'talk' as const },
  ringSeconds: 30,
  placeBefore: '2026-11-18T16:15:00.000Z',
  why: null,
  requestedAt: at
}

function check(result: ContactCheck['result']): ContactCheck {
  return {
    channel: 'call',
    purpose: 'service',
    suppressionId: 's1',
    suppressionVersion: 0,
    result,
    factId: null,
    reason: null,
    until: null,
    timeZones: [],
    timeZonesFrom: 'unknown',
    quietHours: { from: '21:00', until: '08:00' },
    checkedAt: at
  }
}

const moves = {
  request: (dial: Dial) => requestCall(dial, request),
  clear: (dial: Dial) => clearDial(dial, check('allowed'), now),
  suppressed: (dial: Dial) => clearDial(dial, check('suppressed'), now),
  quiet: (dial: Dial) => clearDial(dial, check('quiet'), now),
  late: (dial: Dial) => clearDial(dial, check('allowed'), new Date('2026-11-18T17:00:00Z')),
  place: (dial: Dial) =>
    placeDial(dial, unknownCall, { callId: 'c1', callSid: 'CA1', how: 'answered' }, now) as readonly NewEvent[],
  refuse: (dial: Dial) => refuseDial(dial, 'TWILIO_21215', now),
  cancel: (dial: Dial) => cancelDial(dial, 'not any more', at)
}
type Move = keyof typeof moves

/** Decisions in this order, each recorded before the next. */
function after(...order: readonly Move[]): { dial: Dial; types: string[] } {
  const events: RecordedEvent[] = []
  for (const move of order) {
    const decided = moves[move](dialOf(events))
    events.push(...decided.map(({ definition, data }) => ({ type: definition.type, data }) as RecordedEvent))
  }
  return { dial: dialOf(events), types: events.map(({ type }) => type.split('.')[1] ?? '') }
}

void t.test('a dial is settled once, in whatever order things are learnt', (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...(Object.keys(moves) as Move[])), { maxLength: 20 }), (order) => {
      const { types, dial } = after('request', ...order)
      const count = (type: string): number => types.filter((one) => one === type).length
      const first = types.findIndex((type) => type === 'DialPlaced' || type === 'CallNotPlaced')
      const clears = types.slice(first < 0 ? types.length : first).filter((type) => type === 'DialCleared')
      return (
        count('CallRequested') === 1 &&
        count('DialPlaced') <= 1 &&
        count('CallNotPlaced') <= 1 &&
        count('CallCancelRequested') <= 1 &&
        clears.length === 0 &&
        (dial.placed === null || types.includes('CallPlaced'))
      )
    })
  )
  t.strictSame(after('clear', 'place', 'refuse', 'cancel').types, [], 'nothing follows where nothing was asked')
  t.end()
})

void t.test('the last look stops what is not to be dialled, and says why', (t) => {
  const reason = (...order: Move[]) => after('request', ...order).dial.notPlaced?.reason
  t.equal(reason('suppressed'), 'suppressed')
  t.equal(reason('quiet'), 'quiet-hours')
  t.equal(reason('late'), 'too-late')
  t.equal(reason('cancel', 'clear'), 'canceled')
  t.equal(reason('clear', 'refuse'), 'refused')
  t.equal(reason('clear'), undefined)
  t.strictSame(after('request', 'clear', 'clear').types, ['CallRequested', 'DialCleared', 'DialCleared'])
  t.strictSame(after('request', 'suppressed', 'clear', 'refuse', 'cancel').types, ['CallRequested', 'CallNotPlaced'])
  const [event] = clearDial(after('request').dial, check('suppressed'), now)
  t.match(event?.data, {
    check: { result: 'suppressed' },
    personId: 'p1',
    leadId: 'l1'
  })
  t.end()
})

void t.test('a call belongs to one dial', (t) => {
  const { dial } = after('request', 'clear')
  const call = { callId: 'c1', callSid: 'CA1', how: 'found' as const }
  const placed = {
    callId: 'c1',
    dialId: 'd2',
    personId: 'p',
    leadId: null,
    callSid: 'CA1',
    from: '',
    to: '',
    placedAt: at
  }
  t.match(placeDial(dial, { placed }, call, now), { code: 'TELEPHONY_CALL_OF_ANOTHER_DIAL' })
  t.strictSame(placeDial(dial, { placed: { ...placed, dialId: 'd1' } }, call, now), [])
  const second = placeDial(after('request', 'place').dial, { placed: null }, { ...call, callSid: 'CA2' }, now)
  t.match(second, [{ definition: { name: 'CallPlaced' } }], 'a second call of a dial is told of, not hidden')
  t.end()
})

void t.test('who answers decides what is done', (t) => {
  const room = (id: string) => `conference-${id}`
  const done = (onMachine: Parameters<typeof programOf>[0]['onMachine'], by: string | null) =>
    programOf({ connect: request.connect, onMachine }, by, room)?.kind
  const text = 'We call again.'
  t.equal(done({ kind: 'hang-up' }, 'human'), 'number')
  t.equal(done({ kind: 'hang-up' }, 'machine_start'), 'hang-up')
  t.equal(done({ kind: 'hang-up' }, 'unknown'), 'number', 'who may be a person is one')
  t.equal(done({ kind: 'message', text }, 'machine_end_beep'), 'message')
  t.equal(done({ kind: 'message', text }, 'fax'), 'hang-up')
  t.equal(done({ kind: 'talk' }, null), 'number')
  t.equal(
    programOf({ connect: { kind: 'flow', flowId: 'f' }, onMachine: { kind: 'flow' } }, 'machine_start', room),
    null
  )
  t.match(programOf({ connect: { kind: 'conference', conferenceId: 'x' }, onMachine: null }, null, room), {
    kind: 'conference',
    room: 'conference-x'
  })
  t.equal(machineDetectionOf({ kind: 'message', text }), 'DetectMessageEnd')
  t.equal(machineDetectionOf({ kind: 'flow' }), 'Enable')
  t.equal(machineDetectionOf({ kind: 'talk' }), undefined)
  const programs = [
    { kind: 'hang-up' as const },
    { kind: 'message' as const, text },
    { kind: 'number' as const, number: '+14155550177' },
    { kind: 'conference' as const, room: 'conference-x' }
  ]
  for (const program of programs) t.strictSame(validateFlow(programFlow(program)), [], program.kind)
  t.end()
})
