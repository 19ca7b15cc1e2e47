import { CommandSettled, type Integration } from '@leadlog/contracts'
import t from 'tap'
import { createStory, type Story } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const calendly: Integration = {
  vendor: 'calendly',
  inUse: true,
  because: 'Webhooks are taken',
  host: 'api.calendly.com',
  inside: false,
  circuit: 'closed',
  secrets: ['CALENDLY_API_TOKEN', 'CALENDLY_SIGNING_KEY'],
  posts: false,
  test: null
}
const tested = (at: string, ok: boolean): Integration['test'] => ({
  at,
  ok,
  words: ok ? 'The token is good' : 'calendly get-user answered 401.',
  code: ok ? null : 'OUTBOUND_UNAUTHORIZED',
  millis: 12
})

let asked = 0
function settle(story: Story, integrations: Integration[]) {
  asked += 1
  const commandId = `command-${String(asked)}`
  const outcome = { commandId, service: 'ingest', command: 'TestIntegrations', outcome: 'done' as const }
  story.emit(
    CommandSettled,
    commandId,
    { ...outcome, result: { integrations }, eventSequence: null, code: null, message: null },
    story.webhook({ externalId: commandId })
  )
}

void t.test('vendors are shown as their services told of them, with how their tests went', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const holder = { service: 'ingest', source: 'environment', startedAt: '', fingerprints: ['0123456789abcdef'] }
  const entry = { name: 'CALENDLY_API_TOKEN', ageDays: 41.7, values: 1, holders: [holder] }
  const gateway = await testGateway(t, { deps: { secretAges: () => Promise.resolve([entry]) } })
  t.match((await gateway.get('/v1/integrations')).body, { data: [] })
  const readai = { ...calendly, vendor: 'readai', inUse: false, because: 'READAI_API_KEY is not set', host: null }
  settle(story, [calendly, readai])
  await gateway.tell(story.events)
  let told = story.events.length
  t.match((await gateway.get('/v1/integrations')).body, {
    data: [
      {
        service: 'ingest',
        vendor: 'calendly',
        state: 'untested',
        lastSuccess: null,
        secrets: [
          { name: 'CALENDLY_API_TOKEN', set: true, ageDays: 41, fingerprints: ['01234567'] },
          { name: 'CALENDLY_SIGNING_KEY', set: false, ageDays: null, fingerprints: [] }
        ]
      },
      { vendor: 'readai', state: 'off', because: 'READAI_API_KEY is not set' }
    ]
  })
  settle(story, [{ ...calendly, test: tested('2026-11-18T09:01:00.000Z', true) }, readai])
  settle(story, [{ ...calendly, test: tested('2026-11-18T09:02:00.000Z', false) }, readai])
  await gateway.tell(story.events.slice(told))
  told = story.events.length
  t.match((await gateway.get('/v1/integrations')).body, {
    data: [
      {
        state: 'fails',
        lastSuccess: { at: '2026-11-18T09:01:00.000Z' },
        lastFailure: { at: '2026-11-18T09:02:00.000Z', code: 'OUTBOUND_UNAUTHORIZED' }
      },
      { state: 'off' }
    ]
  })
  settle(story, [{ ...calendly, test: tested('2026-11-18T09:03:00.000Z', true) }, readai])
  await gateway.tell(story.events.slice(told))
  t.match((await gateway.get('/v1/integrations')).body, { data: [{ state: 'answers' }, {}] })
})
