import type { TranscriptionDeps } from '../deps.ts'

const none = (): never => {
  throw new TypeError('There are no files here')
}

/** Where events are handled again without sound: nothing is written down. */
export const noTranscription: TranscriptionDeps = {
  transcriber: null,
  transcribed: { ended: () => undefined },
  files: { write: none, open: none, remove: none, list: none, check: none },
  now: () => 0
}
