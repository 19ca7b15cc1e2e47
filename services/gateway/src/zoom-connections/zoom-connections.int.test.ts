import { ZoomConnected, ZoomDisconnected } from '@leadlog/contracts'
import t from 'tap'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const AT = '2026-11-18T09:00:00.000Z'

void t.test('hosts and their Zoom: connected, taken back here, and refused by Zoom', async (t) => {
  const story = createStory(AT)
  const gateway = await testGateway(t)
  const webhook = story.webhook({ externalId: 'zoom' })
  const connect = (hostId: string, at: string, scope = 'meeting:write:meeting user:read:user') =>
    story.emit(ZoomConnected, hostId, { hostId, email: `${hostId}@own.example`, zoomUserId: 'z', scope, at }, webhook)
  const disconnect = (hostId: string, because: 'asked-here' | 'refused-by-zoom', at: string) =>
    story.emit(ZoomDisconnected, hostId, { hostId, email: `${hostId}@own.example`, because, at }, webhook)
  for (const host of ['ada', 'bob', 'cleo', 'dan']) connect(host, AT)
  disconnect('bob', 'asked-here', '2026-11-18T10:00:00.000Z')
  disconnect('cleo', 'refused-by-zoom', '2026-11-18T11:00:00.000Z')
  disconnect('dan', 'refused-by-zoom', '2026-11-18T11:00:00.000Z')
  connect('dan', '2026-11-18T12:00:00.000Z', 'user:read:user')
  await gateway.tell(story.events)

  const scopes = ['meeting:write:meeting', 'user:read:user']
  t.match((await gateway.get('/v1/zoom-connections')).body, {
    data: [
      {
        id: 'ada',
        email: 'ada@own.example',
        state: 'connected',
        because: null,
        connectedAt: AT,
        endedAt: null,
        scopes
      },
      { id: 'bob', state: 'disconnected', because: 'asked-here', endedAt: '2026-11-18T10:00:00.000Z', scopes },
      { id: 'cleo', state: 'lost', because: 'refused-by-zoom', connectedAt: AT },
      {
        id: 'dan',
        state: 'connected',
        because: null,
        connectedAt: '2026-11-18T12:00:00.000Z',
        scopes: ['user:read:user']
      }
    ]
  })
  const noor = await gateway.signedIn('noor@own.example', 'user')
  t.match(await noor.get('/v1/zoom-connections'), { status: 403, body: { code: 'NOT_ALLOWED' } })
})
