/** A meeting that is to be made. */
export interface NewZoomMeeting {
  /** Our id of it: it is found again by this. Letters, digits, `_` and `-`. */
  readonly marker: string
  readonly topic: string
  readonly startsAt: Date
  readonly durationMinutes: number
  /** For example `America/New_York`; what Zoom shows the host. */
  readonly timezone: string | null
  readonly agenda: string | null
  readonly recordInCloud: boolean
  readonly waitingRoom: boolean
}

/** What of a meeting changes; what is absent stays. */
export type MeetingChange = Partial<Pick<NewZoomMeeting, 'topic' | 'startsAt' | 'durationMinutes' | 'timezone'>>

/** A meeting as Zoom has it. */
export interface ZoomMeeting {
  /** Its number as text: it goes beyond what is safe to count with, and webhooks write it either way. */
  readonly id: string
  readonly uuid: string
  readonly hostId: string
  readonly topic: string
  /** Null for a meeting without a fixed time. */
  readonly startsAt: Date | null
  readonly durationMinutes: number
  readonly agenda: string
  readonly joinUrl: string
}

/** Reads a meeting of an answer; null where it lacks what every meeting has. */
export function meetingOf(value: unknown): ZoomMeeting | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, uuid, host_id, topic, start_time, duration, agenda, join_url } = value as Record<string, unknown>
  const number = typeof id === 'number' || typeof id === 'string' ? String(id) : ''
  if (!/^\d{9,15}$/.test(number) || typeof join_url !== 'string') return null
  const start = typeof start_time === 'string' ? Date.parse(start_time) : Number.NaN
  return {
    id: number,
    uuid: textOf(uuid),
    hostId: textOf(host_id),
    topic: textOf(topic),
    startsAt: Number.isNaN(start) ? null : new Date(start),
    durationMinutes: typeof duration === 'number' ? duration : 0,
    agenda: textOf(agenda),
    joinUrl: join_url
  }
}

/** The times of Zoom's API are whole seconds. */
export function zoomTime(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
