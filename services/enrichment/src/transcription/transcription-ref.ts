import type { AggregateRef } from '@leadlog/contracts'

export function transcriptionRef(recordingId: string): AggregateRef {
  return { context: 'enrichment', aggregate: 'transcription', id: recordingId }
}
