import { counter } from '@leadlog/service'

/** What became of recordings. */
export const recordingOutcomes = counter('leadlog_recordings_total', 'Recordings of calls, by what became of them', {
  outcome: 'stored, deleted, absent, failed, refused, too-large, erased'
})
