import t from 'tap'
import { connectWords, dialLook, whyNotPlaced } from './dials.ts'

const proof = {
  channel: 'call' as const,
  purpose: 'service' as const,
  suppressionId: 's',
  suppressionVersion: 1,
  result: 'suppressed' as const,
  factId: 'f',
  reason: 'do-not-call' as const,
  until: null,
  timeZones: [],
  timeZonesFrom: 'number' as never,
  quietHours: {} as never,
  checkedAt: '2026-11-30T10:00:00Z'
}
const dial = { state: 'not-placed' as const, reason: null, code: null, proof: null }

void t.test('a call that was asked for says how it stands, and why it was not placed', (t) => {
  t.equal(dialLook({ state: 'waiting', canceled: false }).word, 'Asked for')
  t.equal(dialLook({ state: 'waiting', canceled: true }).word, 'Taken back')
  t.equal(dialLook({ state: 'placed', canceled: false }).word, 'Placed')
  t.equal(dialLook({ state: 'not-placed', canceled: true }).word, 'Not placed')
  t.equal(whyNotPlaced({ ...dial, state: 'waiting' }), null)
  t.match(whyNotPlaced({ ...dial, reason: 'suppressed', proof }), /^On a do-not-call list, looked at/)
  t.match(whyNotPlaced({ ...dial, reason: 'suppressed' }), /^They are not to be called/)
  t.equal(whyNotPlaced({ ...dial, reason: 'refused', code: '21215' }), 'Twilio refused it (its code 21215)')
  for (const reason of ['quiet-hours', 'canceled', 'too-late', null] as const) {
    t.type(whyNotPlaced({ ...dial, reason }), 'string')
  }
  t.end()
})

void t.test('whom it is connected to has a name', (t) => {
  t.equal(connectWords({ kind: 'number', number: '+14155550177' }), '+14155550177')
  t.equal(connectWords({ kind: 'flow', flowId: 'front-desk' }), 'the flow front-desk')
  t.equal(connectWords({ kind: 'conference', conferenceId: 'c' }), 'a conference')
  t.equal(connectWords(null), 'somebody who was erased')
  t.end()
})
