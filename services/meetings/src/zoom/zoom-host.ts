import {
  derivedId,
  isEvent,
  ZoomConnected,
  ZoomDisconnected,
  type AggregateRef,
  type RecordedEvent
} from '@leadlog/contracts'

export function zoomHostId(email: string): string {
  return derivedId('zoom-host', email)
}

export function zoomHostRef(email: string): AggregateRef {
  return { context: 'meetings', aggregate: 'zoom-host', id: zoomHostId(email) }
}

/** Whether a host is connected, by their history. */
export function isConnected(history: readonly RecordedEvent[]): boolean {
  const last = history.findLast((event) => isEvent(event, ZoomConnected) || isEvent(event, ZoomDisconnected))
  return last !== undefined && isEvent(last, ZoomConnected)
}
