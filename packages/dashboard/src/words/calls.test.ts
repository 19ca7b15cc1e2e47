import t from 'tap'
import { clock, otherEnd, queuesOf, shownState, whatTheyDid, whatWasDone, whereItIs, whyItFellBack } from './calls.ts'

const step = { id: 'leave-word', kind: 'voicemail', label: null, queue: null, since: '2026-11-18T10:00:00Z' }
const call = { number: '+14155550142', direction: 'inbound' as const, step: null, fellBack: null, flow: null }

void t.test('lengths are shown as a clock does', (t) => {
  t.same([0, 7.9, 65, 725, 3725, -3].map(clock), ['0:00', '0:07', '1:05', '12:05', '1:02:05', '0:00'])
  t.end()
})

void t.test('who calls is named by the lead, else the number, else as withheld', (t) => {
  t.equal(otherEnd(call, { name: 'Ada Lovelace', email: 'ada@example.com' }), 'Ada Lovelace')
  t.equal(otherEnd(call, { name: null, email: 'ada@example.com' }), 'ada@example.com')
  t.equal(otherEnd(call, null), '+14155550142')
  for (const number of [null, '', 'anonymous']) t.equal(otherEnd({ number }, null), 'Number withheld')
  t.end()
})

void t.test('where a call is has a name, and leaving the flow a reason', (t) => {
  t.equal(whereItIs({ ...call, step }), 'Leave word')
  t.equal(whereItIs({ ...call, step: { ...step, label: 'Voicemail' } }), 'Voicemail')
  const fellBack = { reason: 'DEAD_END', number: '+14155550199', at: '' }
  t.equal(whereItIs({ ...call, fellBack }), 'Put through to +14155550199')
  t.equal(whereItIs({ ...call, fellBack: { ...fellBack, number: null } }), 'Was asked to call again')
  t.equal(whereItIs({ ...call, flow: { flowId: 'f', version: 1, name: null } }), 'At the end of its flow')
  t.equal(whereItIs(call), 'Not in a flow')
  t.equal(whyItFellBack('NUMBER_HAS_NO_FLOW'), 'the number has no flow')
  t.match(whyItFellBack('TWILIO_11200'), /11200/)
  t.equal(whyItFellBack('LOG_AWAY'), 'Log away')
  t.end()
})

void t.test('what a caller did and heard reads as a conversation', (t) => {
  t.equal(whatTheyDid({ kind: 'started' }), null)
  t.equal(whatTheyDid({ kind: 'digits', digits: '12#' }), 'Pressed 12#')
  t.equal(whatTheyDid({ kind: 'speech', text: 'sales', confidence: null }), 'Said “sales”')
  t.equal(whatTheyDid({ kind: 'recorded', seconds: 7, url: '' }), 'Left a message of 0:07')
  t.equal(whatTheyDid({ kind: 'dialed', status: 'no-answer' }), 'Put through: no answer')
  t.equal(whatTheyDid(null), 'What they did was erased')
  t.equal(whatWasDone({ kind: 'say', text: 'Hello' }), '“Hello”')
  t.equal(whatWasDone({ kind: 'dial', text: '+1' }), 'Rang +1')
  t.end()
})

void t.test('queues are told with how many wait and since when, and a silent call is stuck', (t) => {
  const waiting = (queue: string, since: string) => ({ step: { ...step, kind: 'queue', queue, since } })
  t.same(
    queuesOf([
      { step },
      waiting('sales', '2026-11-18T10:05:00Z'),
      waiting('support', '2026-11-18T10:01:00Z'),
      waiting('sales', '2026-11-18T10:00:00Z')
    ]),
    [
      { queue: 'sales', waiting: 2, oldest: '2026-11-18T10:00:00Z' },
      { queue: 'support', waiting: 1, oldest: '2026-11-18T10:01:00Z' }
    ]
  )
  const now = Date.parse('2026-11-18T12:00:00Z')
  const live = { status: 'in-progress', step, overdueAt: '2026-11-18T12:10:00Z' }
  t.equal(shownState(live, now), 'in-progress')
  t.equal(shownState({ ...live, ...waiting('sales', '') }, now), 'waiting')
  t.equal(shownState({ ...live, overdueAt: '2026-11-18T11:59:00Z' }, now), 'stuck')
  t.equal(shownState({ status: 'completed', step: null, overdueAt: null }, now), 'completed')
  t.end()
})
