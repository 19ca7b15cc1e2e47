import t from 'tap'
import { idempotencyKey } from '@leadlog/contracts'
import { calendlyProvider } from '../../providers/calendly.ts'
import type { PulledItem } from '../pulled-item.ts'
import type { Invitee } from './calendly-api.ts'
import { inviteeItems } from './invitee-items.ts'

const URI = 'https://api.calendly.com/scheduled_events/E1/invitees/I1'
const BOOKED = '2026-11-16T15:22:41.301772Z'
const CHANGED = '2026-11-17T08:00:00.000123Z'
const event = { uri: 'https://api.calendly.com/scheduled_events/E1', start_time: '2026-11-18T16:00:00.000000Z' }
const invitee = (changes: object = {}): Invitee => ({
  uri: URI,
  status: 'active',
  created_at: BOOKED,
  updated_at: BOOKED,
  ...changes
})

async function keyOf(item: PulledItem | undefined): Promise<string> {
  const body = Buffer.from(JSON.stringify(await item?.webhook()))
  const provider = calendlyProvider({ signingKeys: [] })
  const { eventType, externalId } = provider.identify(JSON.parse(body.toString()), {
    headers: {},
    body,
    source: '',
    url: '',
    now: new Date(0)
  })
  return idempotencyKey('calendly', eventType, ...externalId)
}

void t.test('a booking that stands has the key of its webhook', async (t) => {
  const items = inviteeItems(invitee(), event)
  t.equal(items.length, 1)
  t.match(items[0], { eventType: 'invitee.created', occurredAt: BOOKED, resources: [URI] })
  t.equal(await keyOf(items[0]), idempotencyKey('calendly', 'invitee.created', URI, BOOKED))
})

void t.test('a canceled booking is two webhooks, each with the version of its own moment', async (t) => {
  const canceled = invitee({ status: 'canceled', updated_at: CHANGED, cancellation: { created_at: CHANGED } })
  const [created, cancellation, ...others] = inviteeItems(canceled, event)
  t.equal(others.length, 0)
  t.equal(await keyOf(created), idempotencyKey('calendly', 'invitee.created', URI, BOOKED))
  t.equal(await keyOf(cancellation), idempotencyKey('calendly', 'invitee.canceled', URI, CHANGED))
  t.match(await cancellation?.webhook(), { payload: { scheduled_event: event, cancellation: { created_at: CHANGED } } })
})

void t.test('a missed meeting is known by its invitee and by its mark, whichever the webhook names', async (t) => {
  const mark = 'https://api.calendly.com/invitee_no_shows/N1'
  const [, noShow] = inviteeItems(invitee({ no_show: { uri: mark, created_at: CHANGED } }), event)
  t.match(noShow, { eventType: 'invitee_no_show.created', occurredAt: CHANGED, resources: [URI, mark] })
})
