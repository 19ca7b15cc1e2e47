import { newEvent, ZoomConnected, ZoomDisconnected, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import { createLogger } from '@leadlog/service'
import { fakeClock } from '@leadlog/testing'
import t from 'tap'
import { createZoomConnections, type ZoomConnectionsOptions } from './zoom-connections.ts'
import type { ZoomGrant } from './zoom-grants.ts'
import { zoomHostId } from './zoom-host.ts'

const DANA = 'dana@own.example'

void t.test('who removed the app in Zoom is not connected any more, unless they agreed again since', async (t) => {
  const connected = newEvent(ZoomConnected, zoomHostId(DANA), {
    ...{ hostId: zoomHostId(DANA), email: DANA, zoomUserId: 'U1', scope: 'all', at: '2026-11-18T10:00:00.000Z' }
  })
  const asRecorded = ({ definition, data }: NewEvent) => ({ type: definition.type, data }) as unknown as RecordedEvent
  const history = [asRecorded(connected)]
  const grant = { email: DANA, refused: false } as ZoomGrant
  const refused: string[] = []
  const grants = {
    emailOfUser: async (id: string) => (id === 'U1' ? DANA : null),
    find: async () => grant,
    refuse: async ({ email }: ZoomGrant) => refused.push(email) > 0
  } as unknown as ZoomConnectionsOptions['grants']
  const log = {
    load: async () => ({ events: history, sequence: history.length }) as never,
    transact: async ({ decide }: { decide: (histories: never) => unknown }) => {
      const events = decide([{ events: history, sequence: history.length }] as never)
      if (Array.isArray(events)) history.push(...(events as NewEvent[]).map(asRecorded))
      return { events: [], repeated: false }
    }
  } as unknown as ZoomConnectionsOptions['log']
  const connections = createZoomConnections({
    ...{ grants, log, clientId: 'c', redirectUri: 'https://x.example', clock: fakeClock('2026-11-18T12:00:00.000Z') },
    oauth: {} as ZoomConnectionsOptions['oauth'],
    clientWith: () => ({}) as never,
    logger: createLogger({ service: 'test', level: 'silent' })
  })
  const webhook = { id: 'w1', correlationid: 'w1' } as RecordedEvent
  t.equal(await connections.removedAtZoom('U2', '2026-11-18T11:00:00.000Z', webhook), false, 'somebody else')
  t.equal(await connections.removedAtZoom('U1', '2026-11-18T09:00:00.000Z', webhook), false, 'before they agreed')
  t.equal(history.length, 1)
  t.equal(await connections.removedAtZoom('U1', '2026-11-18T11:00:00.000Z', webhook), true)
  t.match(history.slice(1), [{ type: ZoomDisconnected.type, data: { because: 'refused-by-zoom' } }])
  t.strictSame(refused, [DANA])
  await connections.removedAtZoom('U1', '2026-11-18T11:00:00.000Z', webhook)
  t.equal(history.length, 2, 'told once')
})
