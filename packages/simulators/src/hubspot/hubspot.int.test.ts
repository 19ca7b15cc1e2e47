import t from 'tap'
import type { Test } from 'tap'
import { createSimulators } from '../simulators.ts'
import type { SimulatorOptions } from '../simulators.ts'
import daily from '../samples/hubspot.error.429.daily.json' with { type: 'json' }
import rolling from '../samples/hubspot.error.429.rolling.json' with { type: 'json' }
import search from '../samples/hubspot.error.429.search.json' with { type: 'json' }
import conflict from '../samples/hubspot.error.409.json' with { type: 'json' }
import invalid from '../samples/hubspot.error.400.json' with { type: 'json' }
import upsertRequest from '../samples/hubspot.upsert.request.json' with { type: 'json' }
import upsertResponse from '../samples/hubspot.upsert.response.json' with { type: 'json' }

const TOKEN = 'pat-na1-simulated-access-token'

const start = async (test: Test, options: SimulatorOptions = {}) => {
  const { app, state } = await createSimulators(options)
  test.teardown(() => app.close())
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    token = TOKEN
  ) => {
    const answer = await app.inject({
      method,
      url: `/hubspot${url}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) })
    })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body === '' ? undefined : answer.json()
    }
  }
  const create = (type: string, properties: object, associations: unknown[] = []) =>
    call('POST', `/crm/v3/objects/${type}`, { properties, associations })
  const upsert = (...inputs: object[]) => call('POST', '/crm/v3/objects/contacts/batch/upsert', { inputs })
  return { app, state, call, create, upsert }
}

const input = (email: string, properties: object = {}, trace = email) => ({
  id: email,
  idProperty: 'email',
  objectWriteTraceId: trace,
  properties: { email, ...properties }
})

/** The same members, whatever their values. */
const shapeOf = (value: object) => Object.keys(value).sort()

await t.test('a new object is 201, one with a known address 409 with the id of the other', async (t) => {
  const { create, call } = await start(t)
  const made = await create('contacts', { email: 'Marco@Ellison.example', firstname: 'Marco' })
  t.match(made, { status: 201, body: { id: '123001', properties: { email: 'marco@ellison.example' } } })
  const again = await create('contacts', { email: 'marco@ellison.example' })
  t.match(again, {
    status: 409,
    body: { category: 'CONFLICT', message: 'Contact already exists. Existing ID: 123001' }
  })
  t.strictSame(shapeOf(again.body), shapeOf(conflict))
  const wrong = await create('contacts', { email: 'nope' })
  t.equal(wrong.status, 400)
  t.strictSame(shapeOf(wrong.body), shapeOf(invalid))
  t.equal(wrong.body.message, invalid.message)
  t.match(await call('GET', '/crm/v3/objects/contacts/marco@ellison.example?idProperty=email&properties=firstname,x'), {
    status: 200,
    body: { id: '123001', properties: { firstname: 'Marco' } }
  })
  t.match(await call('GET', '/crm/v3/objects/contacts/99'), { status: 404, body: { category: 'OBJECT_NOT_FOUND' } })
  t.equal((await call('DELETE', '/crm/v3/objects/contacts/123001')).status, 204)
  t.equal((await create('contacts', { email: 'marco@ellison.example' })).status, 201)
})

await t.test('a batch upsert makes and changes, and says which', async (t) => {
  const { call, upsert } = await start(t)
  const made = await call('POST', '/crm/v3/objects/contacts/batch/upsert', upsertRequest)
  t.equal(made.status, 200)
  t.strictSame(shapeOf(made.body), shapeOf(upsertResponse))
  t.strictSame(shapeOf(made.body.results[0]), shapeOf(upsertResponse.results[0] ?? {}))
  const again = await upsert(input('MARCO.ELLISON@example.org', { city: 'Oakland' }))
  t.match(again.body.results, [{ id: '123001', new: false, properties: { city: 'Oakland' } }])
})

await t.test('with trace ids one bad object does not touch the others; without them nothing is written', async (t) => {
  const { state, upsert } = await start(t)
  const mixed = await upsert(input('a@a.example'), input('nope', {}, 'bad'), input('b@b.example', { nose: 'x' }, 'odd'))
  t.match(mixed, {
    status: 207,
    body: {
      numErrors: 2,
      results: [{ new: true }],
      errors: [
        { category: 'VALIDATION_ERROR', message: /INVALID_EMAIL/, context: { objectWriteTraceId: ['bad'] } },
        { message: /PROPERTY_DOESNT_EXIST/, context: { objectWriteTraceId: ['odd'] } }
      ]
    }
  })
  const { objectWriteTraceId: _, ...untraced } = input('nope')
  t.match(await upsert(input('c@c.example'), untraced), { status: 400, body: { message: /INVALID_EMAIL/ } })
  state.settings.hubspotMultiStatus = false
  t.equal((await upsert(input('c@c.example'), input('nope'))).status, 400)
  t.equal(state.hubspot.list('contacts').length, 1)
})

await t.test('a batch takes 100 inputs, no two with one id', async (t) => {
  const { upsert } = await start(t)
  t.match(await upsert(input('a@a.example'), input('A@a.example', {}, 'b')), { status: 400, body: { message: /Dupl/ } })
  const many = Array.from({ length: 101 }, (_, number) => input(`a${number}@a.example`))
  t.equal((await upsert(...many)).status, 400)
  t.equal((await upsert(...many.slice(1))).status, 200)
  t.equal((await upsert({ ...input('x'), idProperty: 'city' })).body.numErrors, 1)
})

await t.test('what is unique stays unique, and further addresses block a new contact', async (t) => {
  const { state, upsert, call } = await start(t)
  await upsert(input('a@a.example', { leadlog_id: 'lead-a' }))
  t.match((await upsert(input('b@b.example', { leadlog_id: 'lead-a' }))).body.errors, [
    { message: /123001 already has that value.*CONFLICTING_UNIQUE_VALUE/ }
  ])
  state.hubspot.insert('contacts', { email: 'c@c.example', hs_additional_emails: 'c@old.example;c@older.example' })
  t.match((await upsert(input('c@older.example'))).body.errors, [
    { category: 'CONFLICT', message: /Existing ID: 123002/ }
  ])
  const update = (id: string, properties: object) =>
    call('POST', '/crm/v3/objects/contacts/batch/update', { inputs: [{ id, properties, objectWriteTraceId: 't' }] })
  t.match((await update('123002', { email: 'c@old.example' })).body.results, [{ id: '123002', new: false }])
  t.match((await update('123002', { email: 'a@a.example' })).body.errors, [{ category: 'CONFLICT' }])
  t.match((await update('99', {})).body.errors, [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['99'] } }])
})

await t.test('values are kept as text, options are strict, a life cycle only goes forward', async (t) => {
  const { create, call } = await start(t)
  const { body } = await create('contacts', {
    email: 'a@a.example',
    lead_confidence: 0.5,
    demo_date: '2026-11-18T17:00:00+01:00',
    lifecyclestage: 'opportunity'
  })
  t.match(body.properties, { lead_confidence: '0.5', demo_date: '2026-11-18T16:00:00Z' })
  const change = (properties: object) => call('PATCH', `/crm/v3/objects/contacts/${body.id}`, { properties })
  t.match((await change({ hs_lead_status: 'Nowhere' })).body.message, /INVALID_OPTION/)
  t.match((await change({ createdate: '0' })).body.message, /READ_ONLY_VALUE/)
  t.equal((await change({ lifecyclestage: 'lead' })).body.properties.lifecyclestage, 'opportunity')
  t.equal((await change({ lifecyclestage: '' })).body.properties.lifecyclestage, null)
  t.equal((await change({ lifecyclestage: 'lead' })).body.properties.lifecyclestage, 'lead')
})

await t.test('notes hang on contacts by HubSpot’s own types, and are found from them', async (t) => {
  const { create, call } = await start(t)
  const contact = (await create('contacts', { email: 'a@a.example' })).body.id
  const link = { to: { id: contact }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }
  const properties = { hs_timestamp: '2026-11-18T16:00:00Z', hs_note_body: 'hello' }
  t.equal((await create('notes', { hs_note_body: 'x' }, [link])).status, 400, 'hs_timestamp is compulsory')
  t.equal((await create('notes', properties, [{ ...link, to: { id: '99' } }])).status, 400)
  const note = (await create('notes', properties, [link])).body.id
  await create('notes', properties, [link])
  const linked = `/crm/v4/objects/contacts/${contact}/associations/notes`
  const first = await call('GET', `${linked}?limit=1`)
  t.match(first.body, { results: [{ toObjectId: Number(note), associationTypes: [{ typeId: 201 }] }] })
  const rest = await call('GET', `${linked}?limit=1&after=${first.body.paging.next.after}`)
  t.equal(rest.body.results.length, 1)
  t.equal(rest.body.paging, undefined)
  const read = await call('POST', '/crm/v3/objects/notes/batch/read', {
    properties: ['hs_note_body'],
    inputs: [{ id: note }, { id: '99' }]
  })
  t.match(read, { status: 207, body: { results: [{ properties: { hs_note_body: 'hello' } }], numErrors: 1 } })
})

await t.test('tasks have a due time and an owner of the account, and are linked in batches', async (t) => {
  const { create, call } = await start(t)
  const contact = (await create('contacts', { email: 'a@a.example' })).body.id
  const properties = { hs_timestamp: '2026-12-24T00:00:00Z', hs_task_subject: 'Call', hubspot_owner_id: '70001' }
  t.match((await create('tasks', { hs_task_subject: 'Call' })).body.message, /REQUIRED_FIELD/)
  t.match((await create('tasks', { ...properties, hubspot_owner_id: '1' })).body.message, /INVALID_OWNER_ID/)
  t.match((await create('tasks', { ...properties, hs_task_status: 'Done' })).body.message, /INVALID_OPTION/)
  const task = (await create('tasks', properties)).body.id
  const pair = { from: { id: task }, to: { id: contact } }
  const link = '/crm/v4/associations/tasks/contacts/batch/associate/default'
  t.equal((await call('POST', link, { inputs: [pair] })).status, 200)
  t.match((await call('GET', `/crm/v4/objects/contacts/${contact}/associations/tasks`)).body, {
    results: [{ toObjectId: Number(task), associationTypes: [{ typeId: 203 }] }]
  })
  const { results } = (await call('GET', '/crm/v3/properties/tasks')).body
  t.match(
    results.find(({ name }: { name: string }) => name === 'hubspot_owner_id'),
    { type: 'enumeration', externalOptions: true, referencedObjectType: 'OWNER', options: [] }
  )
})

await t.test('the search index lags, filters and pages', async (t) => {
  const { state, call, upsert } = await start(t, { settings: { hubspotSearchLagMs: 5_000 } })
  await upsert(...['a', 'b', 'c'].map((name) => input(`${name}@x.example`, { city: name === 'c' ? 'Lyon' : 'Oslo' })))
  const find = (more: object = {}) =>
    call('POST', '/crm/v3/objects/contacts/search', {
      filterGroups: [{ filters: [{ propertyName: 'city', operator: 'EQ', value: 'oslo' }] }],
      ...more
    })
  t.equal((await find()).body.total, 0)
  state.clock.advance(5_000)
  const page = await find({ limit: 1 })
  t.match(page.body, {
    total: 2,
    results: [{ properties: { email: 'a@x.example' } }],
    paging: { next: { after: '1' } }
  })
  t.match((await find({ limit: 1, after: '1' })).body.results, [{ properties: { email: 'b@x.example' } }])
  t.equal((await find({ limit: 201 })).status, 400)
  t.equal((await find({ limit: 200, after: '9900' })).status, 400)
})

await t.test('each limit has its name, and none tells how long to wait', async (t) => {
  const { state, call } = await start(t, {
    settings: { hubspotRequestsPerTenSeconds: 2, hubspotSearchesPerSecond: 1, hubspotRequestsPerDay: 6 }
  })
  const list = () => call('GET', '/crm/v3/objects/contacts')
  const find = () => call('POST', '/crm/v3/objects/contacts/search', {})
  const good = await list()
  t.match(good.headers, { 'x-hubspot-ratelimit-max': '2', 'x-hubspot-ratelimit-remaining': '1' })
  await list()
  const over = await list()
  t.strictSame({ ...over.body, correlationId: '', requestId: '' }, { ...rolling, correlationId: '', requestId: '' })
  t.equal(over.headers['retry-after'], undefined)
  const found = await find()
  t.equal(found.status, 200)
  t.equal(found.headers['x-hubspot-ratelimit-max'], undefined)
  t.match((await find()).body, { policyName: search.policyName, message: search.message })
  state.clock.advance(10_000)
  await list()
  t.match((await list()).body, { policyName: daily.policyName, message: daily.message })
  state.clock.advance(86_400_000)
  t.equal((await list()).status, 200)
})

await t.test('OAuth gives tokens that expire; unknown ones are told apart', async (t) => {
  const { app, state, call } = await start(t)
  const form = {
    grant_type: 'refresh_token',
    client_id: 'simulated-hubspot-client',
    client_secret: 'simulated-hubspot-client-secret',
    refresh_token: 'simulated-hubspot-refresh-token'
  }
  const ask = (change: object = {}) =>
    app.inject({
      method: 'POST',
      url: '/hubspot/oauth/v1/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...form, ...change }).toString()
    })
  t.match((await ask({ refresh_token: 'x' })).json(), { status: 'BAD_REFRESH_TOKEN' })
  const { access_token: token, expires_in: life } = (await ask()).json()
  t.equal(life, 1800)
  t.equal((await call('GET', '/crm/v3/objects/contacts', undefined, token)).status, 200)
  state.clock.advance(1_800_000)
  const expired = await call('GET', '/crm/v3/objects/contacts', undefined, token)
  t.match(expired, { status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } })
  const unknown = await call('GET', '/crm/v3/objects/contacts', undefined, 'x')
  t.match(unknown, { status: 401, body: { category: 'INVALID_AUTHENTICATION' } })
})

await t.test('properties are described, and faults speak HubSpot’s language', async (t) => {
  const { state, call } = await start(t)
  const { body } = await call('GET', '/crm/v3/properties/contacts')
  t.match(
    body.results.find(({ name }: { name: string }) => name === 'leadlog_id'),
    { type: 'string', hasUniqueValue: true, modificationMetadata: { readOnlyValue: false } }
  )
  state.faults.set([{ vendor: 'hubspot', kind: 'error', code: 'MISSING_SCOPES', count: 1 }])
  t.match(await call('GET', '/crm/v3/properties/contacts'), { status: 403, body: { category: 'MISSING_SCOPES' } })
  state.faults.set([{ vendor: 'hubspot', kind: '429', count: 1 }])
  t.match(await call('GET', '/crm/v3/properties/contacts'), { body: { policyName: 'TEN_SECONDLY_ROLLING' } })
  state.faults.set([{ vendor: 'hubspot', kind: '500', count: 1 }])
  t.match(await call('GET', '/crm/v3/properties/contacts'), { status: 500, body: { status: 'error' } })
})
