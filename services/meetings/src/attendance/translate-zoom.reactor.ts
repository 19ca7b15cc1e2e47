import {
  MeetingChangedAtZoom,
  MeetingEnded,
  MeetingInstanceMoved,
  MeetingRecordingReported,
  MeetingStarted,
  ParticipantJoined,
  ParticipantLeft,
  PersonReturned,
  WebhookIgnored,
  WebhookReceived,
  ZoomDisconnected,
  ZoomWebhookNoted
} from '@leadlog/contracts'
import { defineReactor, ignoreWebhook } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'
import { parsePayload } from '../webhook/parse-payload.ts'
import { readWebhook } from '../webhook/read-webhook.ts'
import { unlessErased } from '../webhook/unless-erased.ts'
import { takeTold } from './take-told.ts'
import { translateDelivery } from './translate-delivery.ts'
import { DeauthorizedDelivery, MeetingDelivery } from './zoom-payload.ts'
import { linkAt, zoomRoomOf, zoomRoomRef } from './zoom-room.ts'

const DEAUTHORIZED = 'app_deauthorized'

/** Zoom's webhooks → what took place, who was there, what was recorded. */
export const translateZoom = defineReactor({
  name: 'translate-zoom',
  on: [WebhookReceived],
  subjects: ['in.zoom.>'],
  emits: [
    ZoomWebhookNoted,
    MeetingStarted,
    MeetingEnded,
    ParticipantJoined,
    ParticipantLeft,
    MeetingInstanceMoved,
    MeetingChangedAtZoom,
    MeetingRecordingReported,
    ZoomDisconnected,
    PersonReturned,
    WebhookIgnored
  ],
  concurrency: 16,
  handle: async (event, deps: MeetingsDeps, context) => {
    if (event.data.disposition === 'ignored') return
    const payload = await readWebhook(deps.webhooks, event.id, event.data)
    if (event.data.eventType === DEAUTHORIZED) {
      const { payload: told } = parsePayload('zoom', DeauthorizedDelivery, payload)
      const wasConnected =
        (await deps.zoom?.removedAtZoom(told.user_id, told.deauthorization_time ?? event.time, event)) ?? false
      if (wasConnected) return
      const detail = 'Nobody is connected here as this user of Zoom'
      await ignoreWebhook(context, WebhookIgnored, event.id, { reason: 'zoom-user-unknown', detail })
      return
    }
    const told = translateDelivery(parsePayload('zoom', MeetingDelivery, payload))
    if ('ignored' in told) {
      await ignoreWebhook(context, WebhookIgnored, event.id, { reason: told.ignored, detail: told.detail })
      return
    }
    const { links } = zoomRoomOf((await context.load(zoomRoomRef(told.number))).events)
    const personId = (linkAt(links.values(), told.startedAt) ?? [...links.values()].at(-1))?.personId ?? ''
    const record = () => takeTold(told, event.id, deps.own, context)
    // What a platform tells of a meeting begins no contact.
    await unlessErased(record, { webhook: event, personId, newContactAt: null }, deps.erasures, context)
  }
})
