import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { Timestamp } from '../scalars.ts'

/** The address of one of our hosts, as it is in Zoom. */
export const ZoomHostEmail = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' })

export const ConnectZoom = defineCommand({
  service: 'meetings',
  name: 'ConnectZoom',
  description:
    'Begins to connect a host with Zoom: tells the address at which they agree. Only a Zoom user with the same e-mail address is connected.',
  data: Type.Object({ email: ZoomHostEmail }, { additionalProperties: false }),
  result: Type.Object({
    url: Type.String({ description: 'where the host agrees' }),
    until: Timestamp
  }),
  refusals: {
    MEETINGS_ZOOM_NOT_SET_UP: 'ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, PUBLIC_URL or DATABASE_URL is missing'
  }
})
