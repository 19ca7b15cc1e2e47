import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Test } from 'tap'
import { readConfig } from '../config.ts'
import { asText, isJsonObject, parseJson } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { recordSampleDay } from '../sample-day/record-sample-day.ts'
import { sampleDay } from '../sample-day/sample-day.ts'
import { createSimulators } from '../simulators.ts'

/** The vendors' documented payloads and answers; the values are fictional, the shapes are theirs. */
const sample = (name: string): JsonValue =>
  parseJson(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) ?? null

/** Paths with the type at each; of a list its first entry stands for all. */
const shape = (value: JsonValue, path = '$'): Map<string, string> => {
  if (Array.isArray(value))
    return new Map([[path, 'list'], ...(value[0] === undefined ? [] : shape(value[0], `${path}[]`))])
  if (!isJsonObject(value)) return new Map([[path, value === null ? 'null' : typeof value]])
  return new Map([
    [path, 'object'],
    ...Object.entries(value).flatMap(([key, part]) => [...shape(part, `${path}.${key}`)])
  ])
}

/** Where ours differs from the sample; null stands for any type, and parts of null are not compared. */
const differences = (ours: JsonValue, theirs: JsonValue, beyond: readonly string[] = []): string[] => {
  const [mine, documented] = [shape(ours), shape(theirs)]
  const below = (path: string, types: Map<string, string>): boolean =>
    [...types].some(([other, type]) => type === 'null' && path.startsWith(`${other}.`)) ||
    [...types].some(([other, type]) => type === 'list' && path.startsWith(`${other}[]`) && !types.has(`${other}[]`))
  const paths = [...new Set([...mine.keys(), ...documented.keys()])].filter((path) => !beyond.includes(path))
  return paths.flatMap((path) => {
    const [have, want] = [mine.get(path), documented.get(path)]
    if (have === undefined) return below(path, mine) ? [] : [`${path} is missing`]
    if (want === undefined) return below(path, documented) ? [] : [`${path} is not documented`]
    return have === want || have === 'null' || want === 'null' ? [] : [`${path} is ${have}, not ${want}`]
  })
}

const bodyOf = (name: string): JsonValue => {
  const delivery = sampleDay().find((known) => known.name === name)
  return parseJson(delivery?.body ?? '') ?? null
}

await t.test('the comparison notices what is missing, too much, or of another type', async (t) => {
  const theirs = { a: [{ b: 1, c: 'x' }], d: null, e: { f: true } }
  t.strictSame(differences({ a: [{ b: 2, c: null }], d: { any: 1 }, e: { f: false } }, theirs), [])
  t.strictSame(differences({ a: [{ b: '2', g: 1 }], d: null, e: [] }, theirs), [
    '$.a[].b is string, not number',
    '$.a[].g is not documented',
    '$.e is list, not object',
    '$.a[].c is missing',
    '$.e.f is missing'
  ])
})

await t.test('webhooks have the shape of the documented ones', async (t) => {
  for (const [ours, theirs] of [
    ['created hannah', 'calendly.invitee.created'],
    ['created liam-moved', 'calendly.invitee.created.rescheduled'],
    ['canceled omar', 'calendly.invitee.canceled'],
    ['canceled liam', 'calendly.invitee.canceled.rescheduled'],
    ['no-show emily', 'calendly.invitee_no_show.created'],
    ['held marta', 'readai.meeting_end'],
    ['started yuki', 'readai.meeting_start']
  ] as const) {
    t.strictSame(differences(bodyOf(ours), sample(theirs)), [], `${ours} like ${theirs}`)
  }
})

const start = async (test: Test) => {
  const { app, state } = await createSimulators()
  test.teardown(() => app.close())
  const call = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    payload?: object | string
  ): Promise<JsonValue> =>
    parseJson((await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })).body) ?? null
  return { state, call }
}

await t.test('Zoho answers in the shape of the documented answers', async (t) => {
  const { state, call } = await start(t)
  const query = new URLSearchParams({
    client_id: '1000.SIMULATEDCLIENT',
    client_secret: 'simulated-zoho-client-secret',
    refresh_token: '1000.simulated.refreshtoken',
    grant_type: 'refresh_token'
  })
  const grant = (await call('POST', `/zoho-accounts/oauth/v2/token?${query.toString()}`, {})) as JsonObject
  t.strictSame(differences(grant, sample('zoho.oauth.refresh.response')), [])
  const zoho = (method: 'GET' | 'POST', path: string, data?: object[]) =>
    call(
      method,
      `/zoho/crm/v8${path}`,
      { authorization: `Zoho-oauthtoken ${asText(grant.access_token) ?? ''}` },
      data === undefined ? undefined : JSON.stringify({ data })
    )
  const lead = { Last_Name: 'Ellison', Email: 'marco@ellison.example' }
  const like = async (answer: Promise<JsonValue>, name: string) =>
    t.strictSame(differences(await answer, sample(name)), [], name)
  await like(zoho('POST', '/Leads/upsert', [lead]), 'zoho.upsert.response.insert')
  await like(zoho('POST', '/Leads/upsert', [lead]), 'zoho.upsert.response.update')
  await like(zoho('POST', '/Leads', [lead]), 'zoho.insert.error.duplicate')
  await like(zoho('POST', '/Leads', [{ Email: 'b@b.example' }]), 'zoho.insert.error.mandatory')
  await like(
    zoho('POST', '/Leads', [{ Last_Name: 'A' }, { Last_Name: 'B', Email: 'x' }]),
    'zoho.insert.response.mixed_207'
  )
  await like(zoho('GET', '/Leads/search?email=marco@ellison.example'), 'zoho.search.response')
  state.faults.set([{ vendor: '*', kind: '429' }])
  await like(zoho('GET', '/Leads'), 'zoho.error.too_many_requests')
  await like(call('POST', '/zoho-accounts/oauth/v2/token', {}), 'zoho.oauth.error.throttled')
})

await t.test('the language models answer in the shape of the documented answers', async (t) => {
  const { state, call } = await start(t)
  const schema = { type: 'object', properties: { outcome: { type: 'string' } } }
  const gemini = () =>
    call(
      'POST',
      '/gemini/v1beta/models/gemini-3.5-flash:generateContent',
      { 'x-goog-api-key': 'simulated-gemini-key' },
      {
        contents: [{ role: 'user', parts: [{ text: 'Extract the outcome of the call.' }] }],
        generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema }
      }
    )
  const openai = () =>
    call(
      'POST',
      '/openai/v1/chat/completions',
      { authorization: 'Bearer simulated-openai-key' },
      {
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Extract the outcome.' }]
      }
    )
  const like = async (answer: Promise<JsonValue>, name: string, beyond: readonly string[] = []) =>
    t.strictSame(differences(await answer, sample(name), beyond), [], name)
  await like(gemini(), 'gemini.generateContent.response')
  await like(openai(), 'openai.chat.response')
  state.faults.set([{ vendor: '*', kind: 'truncated' }])
  const alsoThere = ['$.responseId', '$.usageMetadata.promptTokensDetails']
  const details = ['', '[]', '[].modality', '[].tokenCount'].map((end) => `$.usageMetadata.promptTokensDetails${end}`)
  await like(gemini(), 'gemini.generateContent.max_tokens', [...alsoThere, ...details])
  state.faults.set([{ vendor: '*', kind: 'blocked' }])
  await like(gemini(), 'gemini.generateContent.blocked')
  state.faults.set([{ vendor: '*', kind: '429' }])
  await like(gemini(), 'gemini.error.429')
  await like(openai(), 'openai.error.429.rate')
  state.faults.set([
    { vendor: 'gemini', kind: '503' },
    { vendor: 'openai', kind: 'error', code: 'insufficient_quota' }
  ])
  await like(gemini(), 'gemini.error.503')
  await like(openai(), 'openai.error.429.quota')
})

await t.test('Calendly and Read.ai show their resources in the documented shape', async (t) => {
  const { state, call } = await start(t)
  recordSampleDay(state, '2026-11-18')
  const { calendlyApiToken, readaiApiKey } = readConfig({}).secrets
  const headers = { authorization: `Bearer ${calendlyApiToken}` }
  const hook = { url: 'http://127.0.0.1:1/hook', events: ['invitee.created'], scope: 'organization' }
  const made = await call('POST', '/calendly/webhook_subscriptions', headers, hook)
  t.strictSame(differences(made, sample('calendly.api.webhook_subscription')), [])
  const refused = await call('POST', '/calendly/webhook_subscriptions', headers, { ...hook, url: 'x' })
  t.strictSame(differences(refused, sample('calendly.api.error')), [])
  const [meeting] = state.readai.list().filter(({ blocks }) => blocks !== null)
  const shown = await call('GET', `/readai/v1/meetings/${meeting?.sessionId}?expand[]=summary&expand[]=transcript`, {
    authorization: `Bearer ${readaiApiKey}`
  })
  t.strictSame(differences(shown, sample('readai.api.get_meeting')), [])
})

await t.test('every vendor has its own answer for every failure', async (t) => {
  const { app, state } = await createSimulators()
  t.teardown(() => app.close())
  const statuses = ['429', '500', '502', '503', '504'] as const
  const bodies = new Map<string, string[]>()
  for (const vendor of [
    'zoho-accounts',
    'zoho',
    'gemini',
    'openai',
    'slack',
    'calendly',
    'readai',
    'twilio'
  ] as const) {
    for (const kind of statuses) {
      state.faults.set([{ vendor, kind }])
      const answer = await app.inject({ method: 'POST', url: `/${vendor}/anything`, payload: '{}' })
      t.equal(answer.statusCode, vendor === 'zoho-accounts' && kind === '429' ? 400 : Number(kind), `${vendor} ${kind}`)
      bodies.set(kind, [...(bodies.get(kind) ?? []), answer.body])
    }
  }
  for (const kind of statuses) t.equal(new Set(bodies.get(kind)).size, 8, `${kind}: eight different bodies`)
})
