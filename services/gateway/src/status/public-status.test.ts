import t from 'tap'
import { nothingSeen, PARTS, signsOf, stateOf, watch, type Part, type PartState, type Signs } from './public-status.ts'
import { incidentsOf } from './status.queries.ts'

const SERVICES = ['ingest', 'meetings', 'crm', 'enrichment', 'crm-sync', 'notifications']
const START = Date.parse('2026-11-18T10:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1_000)

const signs = (
  changes: Record<string, { attended?: boolean; waiting?: number }> = {},
  lateWrites: number | null = 0
): Signs => ({
  services: new Map(SERVICES.map((service) => [service, { attended: true, waiting: 0, ...changes[service] }])),
  lateWrites
})

const statesOf = (given: Signs) =>
  Object.fromEntries(PARTS.map((part) => [part, stateOf(part, given)])) as Record<Part, PartState>

void t.test('each part by what is seen of its services', async (t) => {
  t.same(new Set(Object.values(statesOf(signs()))), new Set(['working']))
  t.match(statesOf(signs({ ingest: { attended: false } })), { webhooks: 'not-working', processing: 'working' })
  t.match(statesOf(signs({ enrichment: { waiting: 5_000 } })), { processing: 'delayed', crm: 'working' })
  t.match(statesOf(signs({}, 3)), { crm: 'delayed', reads: 'working' })
  t.match(statesOf(signs({}, null)), { reads: 'not-working', webhooks: 'working', crm: 'working' })
  t.match(statesOf({ services: null, lateWrites: 0 }), { webhooks: 'not-working', reads: 'working' })
})

void t.test('a handler that was retired says nothing of its service, one that is behind does', async (t) => {
  const handler = (service: string, attended: boolean, waiting: number) => ({ service, attended, waiting })
  t.same(
    [
      ...signsOf([
        handler('crm', true, 5),
        handler('crm', false, 900),
        handler('crm', true, 7),
        handler('ingest', false, 1)
      ])
    ],
    [
      ['crm', { attended: true, waiting: 12 }],
      ['ingest', { attended: false, waiting: 0 }]
    ]
  )
})

void t.test('a bad state counts from the second look on, a good one at once; outages have an end', async (t) => {
  const down = signs({ ingest: { attended: false } })
  const looks = [signs(), down, signs(), down, down, down, signs()]
  let watched = nothingSeen(at(0))
  const states = looks.map((look, index) => {
    watched = watch(watched, look, at(index * 15))
    return watched.parts.find(({ part }) => part === 'webhooks')?.state
  })
  t.same(states, ['working', 'working', 'working', 'working', 'not-working', 'not-working', 'working'])
  t.same(watched.outages, [{ part: 'webhooks', from: at(60), until: at(90) }])
  t.same(watched.parts.find(({ part }) => part === 'webhooks')?.since, at(90))
  t.same(watched.parts.find(({ part }) => part === 'crm')?.since, at(0))
})

void t.test('failures that come close together are one incident; what is not told of is left out', async (t) => {
  const failure = (service: string, minutes: number, open = false) => ({ service, at: at(minutes * 60), open })
  t.same(
    incidentsOf([
      failure('crm-sync', 300),
      failure('crm-sync', 100, true),
      failure('gateway', 90),
      failure('meetings', 70),
      failure('crm-sync', 50)
    ]),
    [
      { part: 'crm', from: at(300 * 60), until: at(300 * 60), open: false },
      { part: 'crm', from: at(50 * 60), until: at(100 * 60), open: true },
      { part: 'processing', from: at(70 * 60), until: at(70 * 60), open: false }
    ]
  )
})
