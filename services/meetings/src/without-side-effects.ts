import { Readable } from 'node:stream'
import type { MeetingsDeps } from './deps.ts'

/** What handlers get where a message is only tried: Zoom is not called, nothing is mailed, and nothing is recorded on behalf of another webhook. */
export function withoutSideEffects<Deps extends MeetingsDeps>(deps: Deps): Deps {
  return {
    ...deps,
    zoom: null,
    zoomAccess: null,
    rooms: null,
    invitations: null,
    files: {
      write: () => Promise.resolve({ name: 'tried', size: 0, digest: '' }),
      remove: () => Promise.resolve()
    },
    download: () => Promise.resolve({ contentType: null, contentLength: 0, body: Readable.from(['WEBVTT']) }),
    log: {
      ...deps.log,
      load: (ref) => deps.log.load(ref),
      getLast: (stream, subject) => deps.log.getLast(stream, subject),
      transact: () => Promise.resolve({ events: [], repeated: false }),
      schedule: () => Promise.resolve()
    }
  }
}
