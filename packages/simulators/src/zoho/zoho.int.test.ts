import t from 'tap'
import type { Test } from 'tap'
import { createSimulators } from '../simulators.ts'
import type { SimulatorOptions, Simulators } from '../simulators.ts'

const start = async (test: Test, options: SimulatorOptions = {}): Promise<Simulators> => {
  const simulators = await createSimulators(options)
  test.teardown(() => simulators.app.close())
  return simulators
}

const grant = {
  client_id: '1000.SIMULATEDCLIENT',
  client_secret: 'simulated-zoho-client-secret',
  refresh_token: '1000.simulated.refreshtoken',
  grant_type: 'refresh_token'
}

const askToken = ({ app }: Simulators, change: Partial<typeof grant> = {}) =>
  app.inject({
    method: 'POST',
    url: '/zoho-accounts/oauth/v2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: '127.0.0.1:8090' },
    payload: new URLSearchParams({ ...grant, ...change }).toString()
  })

const signIn = async (simulators: Simulators) => {
  const { access_token: token } = (await askToken(simulators)).json()
  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, version = 'v8') => {
    const answer = await simulators.app.inject({
      method,
      url: `/zoho/crm/${version}${path}`,
      headers: { authorization: `Zoho-oauthtoken ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) })
    })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }
  return { token: String(token), call }
}

const marco = { Last_Name: 'Ellison', First_Name: 'Marco', Email: 'marco@ellison.example' }

await t.test('the accounts server gives tokens, and answers its refusals with HTTP 200', async (t) => {
  const simulators = await start(t)
  const good = await askToken(simulators)
  t.match(good.json(), { api_domain: 'http://127.0.0.1:8090/zoho', token_type: 'Bearer', expires_in: 3600 })
  for (const [change, error] of [
    [{ client_id: 'x' }, 'invalid_client'],
    [{ client_secret: 'x' }, 'invalid_client_secret'],
    [{ refresh_token: 'x' }, 'invalid_code']
  ] as const) {
    const refused = await askToken(simulators, change)
    t.equal(refused.statusCode, 200)
    t.strictSame(refused.json(), { error })
  }
})

await t.test('the eleventh token in ten minutes is throttled, and the window passes', async (t) => {
  const simulators = await start(t)
  for (let number = 0; number < 10; number += 1) t.equal((await askToken(simulators)).statusCode, 200)
  const throttled = await askToken(simulators)
  t.equal(throttled.statusCode, 400)
  t.match(throttled.json(), { error: 'Access Denied', status: 'failure' })
  simulators.state.clock.advance(600_000)
  t.equal((await askToken(simulators)).statusCode, 200)
})

await t.test('only a live Zoho-oauthtoken is let in', async (t) => {
  const simulators = await start(t)
  const { call, token } = await signIn(simulators)
  t.equal((await call('GET', '/Leads?fields=Email')).status, 204)
  for (const [authorization, code] of [
    [`Bearer ${token}`, 'INVALID_TOKEN'],
    ['Zoho-oauthtoken 1000.x.y', 'INVALID_TOKEN'],
    [undefined, 'AUTHENTICATION_FAILURE']
  ] as const) {
    const headers = authorization === undefined ? {} : { authorization }
    const answer = await simulators.app.inject({ url: '/zoho/crm/v8/Leads?fields=Email', headers })
    t.equal(answer.statusCode, 401)
    t.equal(answer.json().code, code)
  }
  simulators.state.clock.advance(3_600_000)
  t.match(await call('GET', '/Leads?fields=Email'), { status: 401, body: { code: 'INVALID_TOKEN' } })
})

await t.test('upsert inserts, then updates by e-mail in any case, and keeps the other fields', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const upsert = {
    data: [{ ...marco, Company: 'Ellison Freight', No_Such_Field: 1 }],
    duplicate_check_fields: ['Email']
  }
  const inserted = await call('POST', '/Leads/upsert', upsert)
  t.match(inserted, {
    status: 201,
    body: { data: [{ code: 'SUCCESS', action: 'insert', duplicate_field: null, message: 'record added' }] }
  })
  const { id } = inserted.body.data[0].details
  t.match(id, /^\d{19}$/)
  t.match(inserted.body.data[0].details.Created_Time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
  const updated = await call('POST', '/Leads/upsert', {
    data: [{ Email: 'MARCO@ellison.example', Last_Name: 'Ellison', Phone: '+1 415 555 0142' }]
  })
  t.match(updated, {
    status: 200,
    body: { data: [{ action: 'update', duplicate_field: 'Email', details: { id }, message: 'record updated' }] }
  })
  const record = (await call('GET', `/Leads/${id}`)).body.data[0]
  t.match(record, { id, Company: 'Ellison Freight', Phone: '+1 415 555 0142', Full_Name: 'Marco Ellison', City: null })
  t.notOk('No_Such_Field' in record, 'unknown names are dropped without a word')
})

await t.test('statuses of refused records differ by version; item results keep the order', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const bad = { Last_Name: 'B', Email: 'not an address' }
  const refused = await call('POST', '/Leads', { data: [bad] })
  t.match(refused, {
    status: 400,
    body: {
      data: [
        {
          code: 'INVALID_DATA',
          details: { expected_data_type: 'email', api_name: 'Email', json_path: '$.data[0].Email' },
          status: 'error'
        }
      ]
    }
  })
  t.equal((await call('POST', '/Leads', { data: [bad] }, 'v3')).status, 202)
  const mixed = await call('POST', '/Leads', { data: [marco, bad, { First_Name: 'Only' }] })
  t.equal(mixed.status, 207)
  t.strictSame(
    mixed.body.data.map((item: { code: string }) => item.code),
    ['SUCCESS', 'INVALID_DATA', 'MANDATORY_NOT_FOUND']
  )
  const duplicate = await call('POST', '/Leads', { data: [marco] })
  const { id } = mixed.body.data[0].details
  t.match(duplicate.body.data[0], {
    code: 'DUPLICATE_DATA',
    details: { api_name: 'Email', id, duplicate_record: { id, module: { api_name: 'Leads' } } }
  })
  t.match((await call('POST', '/Leads', { data: [{ Email: 'x', Phone: '1'.repeat(31) }] })).body.data[0], {
    code: 'MULTIPLE_OR_MULTI_ERRORS',
    details: { errors: { length: 3 } }
  })
})

await t.test('values are held against the type and the length of their field', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const check = async (fields: object) =>
    (await call('POST', '/Leads', { data: [{ Last_Name: 'X', ...fields }] })).body.data[0]
  t.equal((await check({ Demo_Date: '2026-11-18T16:00:00+00:00' })).code, 'SUCCESS')
  t.match(await check({ Demo_Date: '2026-11-18T16:00:00.000Z' }), { details: { expected_data_type: 'datetime' } })
  t.match(await check({ Company: 'x'.repeat(201) }), { details: { maximum_length: 200, api_name: 'Company' } })
  t.match(await check({ Lead_Confidence: '0.8' }), { details: { expected_data_type: 'double' } })
  t.match(await check({ Team_Size: 40 }), { details: { expected_data_type: 'text' } })
  t.equal((await check({ Lead_Status: 'No such status' })).code, 'SUCCESS', 'picklists store unknown values')
  t.equal((await check({ Created_Time: 'rubbish' })).code, 'SUCCESS', 'read-only fields are left out')
})

await t.test('search answers 204 where nothing is found, and its index lags', async (t) => {
  const simulators = await start(t, { settings: { zohoSearchLagMs: 60_000 } })
  const { call } = await signIn(simulators)
  await call('POST', '/Leads', { data: [marco] })
  t.equal((await call('GET', '/Leads/search?email=marco@ellison.example')).status, 204)
  simulators.state.clock.advance(60_000)
  t.match((await call('GET', '/Leads/search?email=Marco@ellison.example')).body, {
    data: [{ Last_Name: 'Ellison', Email: 'marco@ellison.example' }],
    info: { per_page: 200, count: 1, page: 1, more_records: false }
  })
  const found = async (criteria: string) =>
    (await call('GET', `/Leads/search?fields=Email&criteria=${encodeURIComponent(criteria)}`)).status
  t.equal(await found('(Email:equals:marco@ellison.example)'), 200)
  t.equal(await found('((Email:equals:nobody@x.example)or(Last_Name:starts_with:Ell))'), 200)
  t.equal(await found('((Email:equals:nobody@x.example)and(Last_Name:starts_with:Ell))'), 204)
  t.equal(await found('((Email:like:x)'), 400)
  t.equal((await call('GET', '/Leads')).status, 400, 'lists need `fields`')
})

await t.test('notes hang on their record', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const { id } = (await call('POST', '/Leads', { data: [marco] })).body.data[0].details
  const parent = { id, module: { api_name: 'Leads' } }
  const note = { Note_Title: 'Booking', Note_Content: 'Answers' }
  t.equal((await call('POST', '/Notes', { data: [{ ...note, Parent_Id: parent }] })).status, 201)
  t.equal((await call('POST', `/Leads/${id}/Notes`, { data: [note] })).status, 201)
  t.equal((await call('POST', '/Notes', { data: [{ ...note, Parent_Id: id, $se_module: 'Leads' }] }, 'v2')).status, 201)
  t.match((await call('POST', '/Notes', { data: [note] })).body.data[0], {
    code: 'MANDATORY_NOT_FOUND',
    details: { api_name: 'Parent_Id' }
  })
  t.match((await call('POST', '/Leads/4150868000009999999/Notes', { data: [note] })).body.data[0], {
    code: 'INVALID_DATA'
  })
  const listed = await call('GET', `/Leads/${id}/Notes?fields=Note_Title`)
  t.equal(listed.body.data.length, 3)
  t.equal((await call('GET', '/Leads/4150868000009999999/Notes?fields=Note_Title')).status, 204)
})

await t.test('tasks are inserted, not upserted, and name what they are about', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const idOf = async (module: string, record: object) =>
    String((await call('POST', `/${module}`, { data: [record] })).body.data[0].details.id)
  const lead = await idOf('Leads', marco)
  const contact = await idOf('Contacts', { Last_Name: 'Berg' })
  const task = { Subject: 'Call back', Leadlog_Id: 'task-1' }
  t.match(await call('POST', '/Tasks/upsert', { data: [task] }), { status: 400, body: { code: 'INVALID_MODULE' } })
  const answer = await call('POST', '/Tasks', {
    data: [
      { ...task, What_Id: { id: lead }, $se_module: 'Leads', Owner: { id: '4150868000000225014' } },
      { ...task, Who_Id: { id: contact } },
      { ...task, What_Id: { id: lead } },
      { ...task, What_Id: { id: contact }, $se_module: 'Leads' },
      { ...task, What_Id: { id: lead }, $se_module: 'Notes' },
      { ...task, Who_Id: { id: lead } },
      { ...task, Owner: { id: '1' } },
      { Status: 'Not Started' }
    ]
  })
  t.equal(answer.status, 207)
  t.strictSame(
    answer.body.data.map(({ code, details }: { code: string; details: { api_name?: string } }) => [
      code,
      details.api_name
    ]),
    [
      ['SUCCESS', undefined],
      ['SUCCESS', undefined],
      ['MANDATORY_NOT_FOUND', '$se_module'],
      ['INVALID_DATA', 'What_Id'],
      ['INVALID_DATA', '$se_module'],
      ['INVALID_DATA', 'Who_Id'],
      ['INVALID_DATA', 'Owner'],
      ['MANDATORY_NOT_FOUND', 'Subject']
    ]
  )
  const [{ details: first }] = answer.body.data
  t.match((await call('GET', `/Tasks/${first.id}`)).body.data, [{ $se_module: 'Leads', What_Id: { id: lead } }])
  t.match((await call('GET', `/Leads/${lead}/Tasks?fields=Subject`)).body.data, [{ id: first.id }])
  await call('PUT', '/Tasks', { data: [{ id: first.id, What_Id: null, Status: 'Completed' }] })
  t.match((await call('GET', `/Tasks/${first.id}`)).body.data, [{ $se_module: null, What_Id: null }])
  t.match(simulators.state.zohoSnapshot(), /"Who_Id":"Berg"/)
})

await t.test('lists are sorted, and go beyond two thousand records by a token only', async (t) => {
  const simulators = await start(t, { clock: () => new Date('2026-11-18T10:00:00Z') })
  const { call } = await signIn(simulators)
  for (let index = 0; index < 2_001; index += 1) {
    if (index === 2_000) simulators.state.clock.advance(60_000)
    simulators.state.zoho.insert('Tasks', { Subject: `Task ${index}` })
  }
  const list = (query: string) => call('GET', `/Tasks?fields=Subject&${query}`)
  const newest = await list('sort_by=Created_Time&sort_order=desc&per_page=2')
  t.match(newest.body, {
    data: [{ Subject: 'Task 2000' }, { Subject: 'Task 1999' }],
    info: { sort_by: 'Created_Time', sort_order: 'desc', more_records: true }
  })
  t.match((await list('sort_by=Created_Time&sort_order=asc&per_page=1')).body.data, [{ Subject: 'Task 0' }])
  t.match((await list('sort_by=Created_Time&sort_order=desc&per_page=200&page=10')).body.info, {
    more_records: true,
    next_page_token: /./
  })
  t.match(await list('per_page=200&page=11'), { status: 400, body: { code: 'DISCRETE_PAGINATION_LIMIT_EXCEEDED' } })
  const { next_page_token: token } = (await list('sort_by=Created_Time&sort_order=desc&page=10')).body.info
  t.match((await list(`sort_by=Created_Time&sort_order=desc&page_token=${token}`)).body, {
    data: [{ Subject: 'Task 0' }],
    info: { more_records: false, next_page_token: null }
  })
  t.match(await list('sort_by=Subject'), { status: 400, body: { code: 'INVALID_DATA' } })
})

await t.test('field metadata names types, lengths and what cannot be written', async (t) => {
  const simulators = await start(t)
  const { call } = await signIn(simulators)
  const { fields } = (await call('GET', '/settings/fields?module=Leads')).body
  const named = (name: string) => fields.find((field: { api_name: string }) => field.api_name === name)
  t.match(named('Last_Name'), { data_type: 'text', system_mandatory: true, length: 80, field_read_only: false })
  t.match(named('Created_Time'), { data_type: 'datetime', read_only: true, field_read_only: true })
  t.match(named('Leadlog_Id'), { custom_field: true, unique: { casesensitive: false } })
  t.ok(
    named('Lead_Status').pick_list_values.some(
      (value: { actual_value: string }) => value.actual_value === 'Demo No-show'
    )
  )
  t.match(await call('GET', '/settings/fields?module=Nope'), { status: 400, body: { code: 'INVALID_MODULE' } })
  t.match(await call('GET', '/Leads?fields=Email', undefined, 'v9'), { status: 404 })
})

await t.test('an external id stands for the record id', async (t) => {
  const simulators = await start(t)
  const { token, call } = await signIn(simulators)
  await call('POST', '/Leads', { data: [{ ...marco, Leadlog_Id: 'lead-1' }] })
  const answer = await simulators.app.inject({
    url: '/zoho/crm/v8/Leads/lead-1',
    headers: { authorization: `Zoho-oauthtoken ${token}`, 'x-external': 'Leads.Leadlog_Id' }
  })
  t.match(answer.json(), { data: [{ Email: marco.Email }] })
})

await t.test('credits run out, and the requests of a minute can be limited', async (t) => {
  const simulators = await start(t, { settings: { zohoCreditsPerDay: 3, zohoRequestsPerMinute: 4 } })
  const { call } = await signIn(simulators)
  const eleven = Array.from({ length: 11 }, (_, index) => ({ Last_Name: `L${index}` }))
  t.equal((await call('POST', '/Leads', { data: eleven })).status, 201, 'eleven records cost two credits')
  t.equal((await call('GET', '/Leads?fields=Email')).status, 200)
  t.match(await call('GET', '/Leads?fields=Email'), { status: 400, body: { code: 'LIMIT_EXCEEDED' } })
  simulators.state.settings.zohoCreditsPerDay = 100
  t.equal((await call('GET', '/Leads?fields=Email')).status, 200)
  t.match(await call('GET', '/Leads?fields=Email'), { status: 429, body: { code: 'TOO_MANY_REQUESTS' } })
})

await t.test('the snapshot of two runs is equal where only ids, times and order differ', async (t) => {
  const others = [{ Last_Name: 'A', Email: 'a@a.example' }, marco]
  const run = async (records: object[], at: string) => {
    const simulators = await start(t, { clock: () => new Date(at) })
    const { call } = await signIn(simulators)
    for (const record of records) {
      const { id } = (await call('POST', '/Leads', { data: [record] })).body.data[0].details
      await call('POST', `/Leads/${id}/Notes`, { data: [{ Note_Title: 'n', Note_Content: 'c' }] })
    }
    return simulators.state.zohoSnapshot()
  }
  const first = await run(others, '2026-11-18T10:00:00Z')
  t.equal(await run([...others].reverse(), '2026-11-19T10:00:00Z'), first)
  t.not(await run([marco], '2026-11-18T10:00:00Z'), first)
  t.match(first, /"parent":"marco@ellison.example"/)
})
