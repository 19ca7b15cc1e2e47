import { ZoomConnected, ZoomDisconnected, type DataOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** Which hosts let Leadlog act for them in Zoom, and which did until when. */
export const zoomConnections = defineProjection({
  name: 'gateway-zoom-connections',
  version: 2,
  table: 'gateway.zoom_connections',
  columns: {
    /** Of the host. */
    id: column.text({ primaryKey: true }),
    email: column.text(),
    /** Who they are in Zoom; empty where it was never told. */
    zoom_user_id: column.text(),
    scope: column.text(),
    connected_at: column.timestamptz({ nullable: true }),
    ended_at: column.timestamptz({ nullable: true }),
    ended_because: column.text<DataOf<typeof ZoomDisconnected>['because']>({ nullable: true })
  },
  on: [ZoomConnected, ZoomDisconnected],
  key: (event) => event.data.hostId,
  evolve: {
    [ZoomConnected.type]: (_row, { data }, id) => ({
      id,
      email: data.email,
      zoom_user_id: data.zoomUserId,
      scope: data.scope,
      connected_at: data.at,
      ended_at: null,
      ended_because: null
    }),
    [ZoomDisconnected.type]: (row, { data }, id) => ({
      id,
      email: data.email,
      zoom_user_id: row?.zoom_user_id ?? '',
      scope: row?.scope ?? '',
      connected_at: row?.connected_at ?? null,
      ended_at: data.at,
      ended_because: data.because
    })
  },
  setup: allReadersOnly
})

export type ZoomConnectionRow = RowOf<typeof zoomConnections>
