import {
  contactChannels,
  ContactCheck,
  contactPurposes,
  suppressionReasons,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import t from 'tap'
import { checkContact } from './check-contact.ts'
import { release, suppress, type SuppressionOrder } from './decide-suppression.ts'
import { mayContact } from './may-contact.ts'
import { recipientTimeZones } from './recipient-time-zones.ts'
import { evolveSuppression, openWays, type Suppression } from './suppression.ts'

const quietHours = { from: '21:00', until: '08:00' }
const timeZones = ['America/New_York']
const NOON = new Date('2026-11-18T17:00:00Z')
const NIGHT = new Date('2026-11-19T04:00:00Z')
const order: SuppressionOrder = {
  personId: 'p1',
  leadId: null,
  kind: 'phone',
  address: '+14155550142',
  channels: ['sms'],
  reason: 'opted-out',
  source: { kind: 'message', messageId: 'm1', word: 'STOP' },
  why: null,
  at: NOON.toISOString()
}

/** The suppression with the events recorded, one after another. */
function after(suppression: Suppression, events: readonly NewEvent[]): Suppression {
  return events.reduce(
    (known, { definition, data }, index) =>
      evolveSuppression(known, {
        type: definition.type,
        data,
        id: `e${known.version + 1}-${index}`,
        sequence: known.version + 1
      } as unknown as RecordedEvent),
    suppression
  )
}

const open = openWays('c1')
const stopped = after(open, suppress(open, order))

void t.test('STOP closes texts, not calls, until START; nothing is said twice', async (t) => {
  const ask = { suppression: stopped, purpose: 'service' as const, now: NOON, timeZones, quietHours }
  t.strictSame(mayContact({ ...ask, channel: 'sms' }), { result: 'suppressed', factId: 'e1-0', reason: 'opted-out' })
  t.strictSame(mayContact({ ...ask, channel: 'call' }), { result: 'allowed' })
  t.strictSame(suppress(stopped, order), [])
  const { kind: _kind, address: _address, reason: _reason, ...rest } = order
  const again = after(
    stopped,
    release(stopped, { ...rest, channels: ['sms', 'call'], reasons: ['opted-out', 'operator'] })
  )
  t.strictSame(mayContact({ ...ask, suppression: again, channel: 'sms' }), { result: 'allowed' })
  t.equal(again.version, 2)
  t.strictSame(release(again, { ...rest, reasons: ['opted-out'] }), [])
})

void t.test('every reason stands by itself', async (t) => {
  const twice = after(stopped, suppress(stopped, { ...order, reason: 'operator', channels: ['sms', 'call'] }))
  const { kind: _kind, address: _address, reason: _reason, ...rest } = order
  const still = after(twice, release(twice, { ...rest, reasons: ['opted-out'] }))
  t.match(mayContact({ suppression: still, channel: 'sms', purpose: 'service', now: NOON, timeZones, quietHours }), {
    result: 'suppressed',
    reason: 'operator'
  })
})

void t.test(
  'an opt-out may be confirmed, at night too; an answer does not wait, but is not sent to who opted out',
  async (t) => {
    const ask = { channel: 'sms' as const, now: NIGHT, timeZones, quietHours }
    t.match(mayContact({ ...ask, suppression: stopped, purpose: 'confirmation' }), { result: 'allowed' })
    t.match(mayContact({ ...ask, suppression: stopped, purpose: 'answer' }), { result: 'suppressed' })
    t.match(mayContact({ ...ask, suppression: open, purpose: 'answer' }), { result: 'allowed' })
    t.strictSame(mayContact({ ...ask, suppression: open, purpose: 'marketing' }), {
      result: 'quiet',
      until: new Date('2026-11-19T13:00:00Z')
    })
    const blocked = after(open, suppress(open, { ...order, reason: 'vendor-blocked' }))
    t.match(mayContact({ ...ask, suppression: blocked, purpose: 'confirmation' }), { result: 'suppressed' })
  }
)

void t.test("the recipient's clock: the lead's, else the number's, else the strictest of the country", async (t) => {
  t.strictSame(await recipientTimeZones('+14155550142', 'Europe/Rome'), { timeZones: ['Europe/Rome'], from: 'lead' })
  t.strictSame(await recipientTimeZones('+14155550142', 'Mars/Olympus'), {
    timeZones: ['America/Los_Angeles'],
    from: 'number'
  })
  t.match(await recipientTimeZones('+442079460000', null), { timeZones: ['Europe/London'], from: 'number' })
  const tollFree = await recipientTimeZones('+18005550100', null)
  t.equal(tollFree.from, 'country')
  t.ok(tollFree.timeZones.includes('Pacific/Honolulu'))
  t.match(await recipientTimeZones('nobody', null), { timeZones: ['UTC'], from: 'unknown' })
})

void t.test('there is an answer to every question, and a proof of it that can be kept', async (t) => {
  const zones = Intl.supportedValuesOf('timeZone')
  const facts = fc.array(
    fc.record({
      channel: fc.constantFrom(...contactChannels),
      reason: fc.constantFrom(...suppressionReasons),
      factId: fc.uuid(),
      at: fc.constant(NOON.toISOString())
    }),
    { maxLength: 4 }
  )
  const question = fc.record({
    suppression: fc.record({ id: fc.constant('c1'), version: fc.nat(), facts }),
    channel: fc.constantFrom(...contactChannels),
    purpose: fc.constantFrom(...contactPurposes),
    now: fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) }).map((at) => new Date(at)),
    zones: fc.record({
      timeZones: fc.subarray(zones, { minLength: 1, maxLength: 4 }),
      from: fc.constantFrom('lead' as const, 'number' as const, 'country' as const, 'unknown' as const)
    }),
    quietHours: fc.constantFrom(quietHours, { from: '00:00', until: '00:00' }, { from: '12:00', until: '11:59' })
  })
  fc.assert(
    fc.property(question, (about) => {
      const proof = checkContact(about)
      t.ok(Value.Check(ContactCheck, proof))
      const closed = about.suppression.facts.some((fact) => fact.channel === about.channel)
      if (about.purpose !== 'confirmation') t.equal(proof.result === 'suppressed', closed)
      t.equal(proof.factId !== null, proof.result === 'suppressed')
      t.equal(proof.until !== null, proof.result === 'quiet')
      t.equal(proof.suppressionVersion, about.suppression.version)
    }),
    { numRuns: 200 }
  )
})
