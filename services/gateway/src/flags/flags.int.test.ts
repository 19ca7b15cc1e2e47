import t from 'tap'
import { book, capture } from '../fixtures/booking-story.ts'
import { queueWrite } from '../fixtures/crm-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

interface Listed {
  readonly data: readonly { readonly flag: string; readonly on: boolean; readonly concerned: number }[]
}

void t.test('an admin switches a flag off and on; who may read sees who did it, why and what waits', async (t) => {
  const gateway = await testGateway(t)
  const story = createStory('2026-11-18T09:00:00.000Z')
  const lead = person('Ada', 'Lovelace')
  const { booked } = book(story, lead, { startsAt: '2026-11-20T10:00:00.000Z', skipReading: true })
  const [captured] = capture(story, lead, booked)
  if (!captured) throw new Error('the lead was captured')
  queueWrite(story, lead, captured)
  await gateway.tell(story.events)

  const ada = await gateway.signedIn('ada@own.example', 'admin')
  const mia = await gateway.signedIn('mia@own.example', 'manager')
  t.match((await mia.get('/v1/flags')).body, {
    data: [
      { flag: 'crm-writes', service: 'crm-sync', on: true, since: null, by: null, concerned: 0 },
      { flag: 'language-model', service: 'enrichment', on: true }
    ]
  })

  const reason = 'The CRM is being moved'
  const switching = (on: boolean) => ada.request('PATCH', '/v1/flags/crm-writes', { on, reason })
  t.match(await mia.request('PATCH', '/v1/flags/crm-writes', { on: false, reason }), { status: 403 })
  const switched = await switching(false)
  t.equal(switched.status, 200)
  t.match(await switching(false), { status: 409, body: { code: 'FLAG_SAME' } })

  const by = `user:${gateway.access.users.idOf('ada@own.example')}`
  const { after } = switched.body as { after: number }
  t.match((await mia.get(`/v1/flags?after=${String(after)}`)).body, {
    data: [{ flag: 'crm-writes', on: false, by, reason, concerned: 1 }, { on: true }]
  })
  t.match((await gateway.get('/v1/overview')).body, {
    off: { flags: [{ flag: 'crm-writes', on: false, by, reason, concerned: 1 }] }
  })

  const back = await switching(true)
  const { after: then } = back.body as { after: number }
  const [writes] = ((await mia.get(`/v1/flags?after=${String(then)}`)).body as Listed).data
  t.match(writes, { on: true, by, concerned: 0 })
  t.match((await gateway.get('/v1/overview')).body, { off: { flags: [] } })
})

void t.test('what cannot be a switch is refused with what would be one', async (t) => {
  const gateway = await testGateway(t)
  const ada = await gateway.signedIn('ada@own.example', 'admin')
  for (const body of [{}, { on: false }, { on: false, reason: '   ' }, { on: 'no', reason: 'because' }])
    t.equal((await ada.request('PATCH', '/v1/flags/crm-writes', body)).status, 400, JSON.stringify(body))
  t.equal((await ada.request('PATCH', '/v1/flags/everything', { on: false, reason: 'because' })).status, 400)
})
