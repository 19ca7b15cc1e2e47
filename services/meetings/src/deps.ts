import type { EventLog } from '@leadlog/event-log'
import type { FileStore } from '@leadlog/files'
import type { Keyring } from '@leadlog/keyring'
import type { ZoomClient } from '@leadlog/zoom'
import type { Policy } from './attendance/judge.ts'
import type { OwnPeople } from './attendance/participant-side.ts'
import type { InvitationDeps } from './invitation/mail-invitation.ts'
import type { DomainPolicy } from './readai/choose-attendee.ts'
import type { RoomDeps } from './room/room-deps.ts'
import type { Erasures } from './webhook/unless-erased.ts'
import type { ZoomAccess } from './zoom/zoom-access.ts'
import type { ZoomConnections } from './zoom/zoom-connections.ts'
import type { WebhookReader } from './webhook/read-webhook.ts'

/** What the translators need. */
export interface MeetingsDeps {
  readonly webhooks: WebhookReader
  readonly erasures: Erasures
  /** The person's id by the e-mail address. */
  readonly personId: (email: string) => string
  readonly domains: DomainPolicy
  /** Shorter meetings are ignored. */
  readonly minDurationMinutes: number
  readonly log: Pick<EventLog, 'load' | 'transact' | 'schedule' | 'getLast'>
  /** Who is ours in a meeting. */
  readonly own: Pick<OwnPeople, 'ownDomains' | 'notetakers'>
  /** By what it is judged whether the customer came. */
  readonly attendance: Policy
  /** Where recordings are kept. */
  readonly files: Pick<FileStore, 'write' | 'remove'>
  readonly keys: Pick<Keyring, 'keyState'>
  /** Fetches a recording from Zoom by what opens it. */
  readonly download: ZoomClient['download']
  /** Null where hosts cannot connect. */
  readonly zoom: ZoomConnections | null
  /** Whose credentials open a host's recordings; null where Zoom is not set up. */
  readonly zoomAccess: Pick<ZoomAccess, 'tokenOf'> | null
  /** Where the dashboard is, for who comes back from Zoom. */
  readonly dashboardUrl: string | undefined
  /** Null where no rooms can be opened. */
  readonly rooms: RoomDeps | null
  /** Null without Postgres: it could not be told which were mailed. */
  readonly invitations: InvitationDeps | null
}
