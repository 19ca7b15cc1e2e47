import { isEvent, UserDisabled, UserEnabled, UserInvited, type RecordedEvent } from '@leadlog/contracts'
import { isConnected } from '../zoom/zoom-host.ts'

/** Whether meetings may be hosted by them: a user who may sign in, a host connected with Zoom, or an address of our own. */
export function isKnownHost(
  email: string,
  known: { user: readonly RecordedEvent[]; zoomHost: readonly RecordedEvent[]; ownDomains: readonly string[] }
): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return known.ownDomains.includes(domain) || isConnected(known.zoomHost) || isUser(known.user)
}

function isUser(history: readonly RecordedEvent[]): boolean {
  const last = history.findLast(
    (event) => isEvent(event, UserInvited) || isEvent(event, UserEnabled) || isEvent(event, UserDisabled)
  )
  return last !== undefined && !isEvent(last, UserDisabled)
}
