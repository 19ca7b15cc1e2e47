import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { ZoomHostEmail } from './connect-zoom.ts'

export const DisconnectZoom = defineCommand({
  service: 'meetings',
  name: 'DisconnectZoom',
  description: 'Takes the permission of a host back, at Zoom and here. A host who is not connected stays so.',
  data: Type.Object({ email: ZoomHostEmail }, { additionalProperties: false }),
  result: Type.Object({ email: Type.String(), wasConnected: Type.Boolean() }),
  refusals: { MEETINGS_ZOOM_NOT_SET_UP: 'ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, PUBLIC_URL or DATABASE_URL is missing' }
})
