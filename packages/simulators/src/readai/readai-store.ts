import type { ReadaiMeeting } from './readai-payload.ts'

/** What the simulated Read.ai holds. */
export interface ReadaiStore {
  put(meeting: ReadaiMeeting): void
  get(sessionId: string): ReadaiMeeting | undefined
  /** All meetings, newest first. */
  list(): ReadaiMeeting[]
  clear(): void
}

export const createReadaiStore = (): ReadaiStore => {
  const meetings = new Map<string, ReadaiMeeting>()
  return {
    put: (meeting) => {
      meetings.set(meeting.sessionId, meeting)
    },
    get: (sessionId) => meetings.get(sessionId),
    list: () => [...meetings.values()].sort((a, b) => b.start.getTime() - a.start.getTime()),
    clear: () => {
      meetings.clear()
    }
  }
}
