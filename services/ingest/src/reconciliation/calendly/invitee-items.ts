import type { PulledItem } from '../pulled-item.ts'
import type { Invitee, ScheduledEvent } from './calendly-api.ts'

/**
 * What happened to an invitee, each as the webhook that Calendly sends for it. The key of a webhook names the invitee's
 * version of that moment: the present one for what happened last, its creation for a booking that was changed since. A
 * mark of a missed meeting that was taken away again leaves no trace in the API.
 */
export function inviteeItems(invitee: Invitee, event: ScheduledEvent): readonly PulledItem[] {
  const { uri, cancellation, no_show: noShow } = invitee
  const newest = invitee.updated_at ?? invitee.created_at
  const isCanceled = invitee.status === 'canceled' || Boolean(cancellation)
  const item = (
    eventType: string,
    occurredAt: string,
    version: string,
    resources: readonly string[] = [uri]
  ): PulledItem => ({
    eventType,
    occurredAt,
    resources,
    webhook: () =>
      Promise.resolve({
        event: eventType,
        created_at: occurredAt,
        payload: { ...invitee, updated_at: version, scheduled_event: event }
      })
  })
  return [
    item('invitee.created', invitee.created_at, isCanceled || noShow ? invitee.created_at : newest),
    ...(isCanceled ? [item('invitee.canceled', cancellation?.created_at ?? newest, newest)] : []),
    ...(noShow
      ? [
          item('invitee_no_show.created', noShow.created_at ?? newest, newest, [
            uri,
            ...(noShow.uri ? [noShow.uri] : [])
          ])
        ]
      : [])
  ]
}
