import type { JsonObject } from '../json.ts'
import { team } from '../sample-day/team.ts'
import { seededUnit, seededUuid, sha256Hex } from '../seeded.ts'
import type { StateLog } from '../state-log.ts'
import { createSidStore } from '../twilio/sid-store.ts'
import type { SidStore } from '../twilio/sid-store.ts'
import type { ZoomInstance, ZoomMeeting, ZoomUser } from './zoom-resources.ts'

/** What the account holds. */
export interface ZoomStore {
  users: readonly ZoomUser[]
  /** By id or e-mail address. */
  user(idOrEmail: string): ZoomUser | undefined
  meetings: SidStore<ZoomMeeting>
  /** The instance and its meeting, by the instance's uuid. */
  instance(uuid: string): { meeting: ZoomMeeting; instance: ZoomInstance } | undefined
  nextMeetingId(): string
  nextUuid(): string
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const KEPT = 20_000

const userOf = (id: string, { name, email }: { name: string; email: string }): ZoomUser => {
  const [firstName = '', lastName = ''] = name.split(' ')
  return { id, firstName, lastName, email }
}

/** The account's people: the sellers. */
const users: readonly ZoomUser[] = [
  userOf('z8yCxTTTTKWIFKy9d3VA', team.dana),
  userOf('q1WeRtYuIoPaSdFgHjKl', team.theo),
  userOf('mNbVcXzLkJhGfDsApOiU', team.noor)
]

export const createZoomStore = (log: StateLog, seed: string): ZoomStore => {
  const meetings = createSidStore<ZoomMeeting>(log, { kind: 'zoom.meeting', most: KEPT })
  let made = 0
  return {
    users,
    user: (idOrEmail) => users.find(({ id, email }) => id === idOrEmail || email === idOrEmail.toLowerCase()),
    meetings,
    instance: (uuid) => {
      for (const meeting of meetings.list()) {
        const instance = meeting.instances.find((one) => one.uuid === uuid)
        if (instance !== undefined) return { meeting, instance }
      }
      return undefined
    },
    nextMeetingId: () => {
      for (;;) {
        made += 1
        const id = String(80_000_000_000 + Math.floor(seededUnit(seed, 'zoom meeting', made) * 9_999_999_999))
        if (meetings.get(id) === undefined) return id
      }
    },
    nextUuid: () => {
      made += 1
      // Base64, so that some begin with a slash or hold two of them, as Zoom's do.
      return Buffer.from(sha256Hex(seededUuid(seed, 'zoom uuid', made)).slice(0, 32), 'hex').toString('base64')
    },
    restore: (kind, value) => meetings.restore(kind, value),
    remembered: () => meetings.remembered(),
    clear: () => meetings.clear()
  }
}
