import type { MeetingsDeps } from './deps.ts'

/** What handlers get where a message is only tried: Zoom is not called, nothing is mailed, and nothing is recorded on behalf of another webhook. */
export function withoutSideEffects<Deps extends MeetingsDeps>(deps: Deps): Deps {
  return {
    ...deps,
    zoom: null,
    rooms: null,
    invitations: null,
    log: {
      ...deps.log,
      load: (ref) => deps.log.load(ref),
      getLast: (stream, subject) => deps.log.getLast(stream, subject),
      transact: () => Promise.resolve({ events: [], repeated: false }),
      schedule: () => Promise.resolve()
    }
  }
}
