import { ConnectZoom, DisconnectZoom, refuse, ZoomDisconnected, type Refusal } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'

function notSetUp(): Refusal {
  return refuse(
    'MEETINGS_ZOOM_NOT_SET_UP',
    'Set ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, PUBLIC_URL and DATABASE_URL to connect hosts with Zoom'
  )
}

/** Tells where a host agrees. */
export const connectZoomCommand = defineCommandHandler({
  command: ConnectZoom,
  emits: [],
  handle: async ({ email }, { zoom }: MeetingsDeps) => {
    if (zoom === null) return notSetUp()
    const { url, until } = await zoom.begin(email.trim().toLowerCase())
    return { url, until: until.toISOString() }
  }
})

/** Takes a host's permission back. */
export const disconnectZoomCommand = defineCommandHandler({
  command: DisconnectZoom,
  emits: [ZoomDisconnected],
  handle: async ({ email: given }, { zoom }: MeetingsDeps, { cause, actor }) => {
    if (zoom === null) return notSetUp()
    const email = given.trim().toLowerCase()
    return { email, wasConnected: await zoom.disconnect(email, { cause, actor }) }
  }
})
