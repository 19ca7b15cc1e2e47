import { CallTranscribed, type CallNotTranscribed, type DataOf, type NewEvent } from '@leadlog/contracts'
import { counter, type ServiceMetrics } from '@leadlog/service'
import { readingMetrics } from '../extraction/reading.metrics.ts'

/** What became of recordings that could be written down. */
export const transcriptions = counter(
  'leadlog_transcriptions_total',
  'Recordings of calls, by whether they were transcribed',
  {
    outcome: 'transcribed, not-configured, deleted, unsupported, failed'
  }
)

export interface TranscriptionMeasures {
  /** Counts a result, with what it took. */
  ended(result: NewEvent): void
}

/** Counts transcriptions in the service's measurements; what they cost together with what readings cost. */
export function transcriptionMeasures(metrics: ServiceMetrics): TranscriptionMeasures {
  const outcomes = metrics.counter(transcriptions)
  const requests = metrics.counter(readingMetrics.modelCalls)
  const cost = metrics.counter(readingMetrics.cost)
  return {
    ended({ definition, data }) {
      if (definition !== CallTranscribed) {
        outcomes.inc({ outcome: (data as DataOf<typeof CallNotTranscribed>).reason })
        return
      }
      const { call } = data as DataOf<typeof CallTranscribed>
      outcomes.inc({ outcome: 'transcribed' })
      const labels = { kind: 'transcription', provider: call.provider }
      requests.inc(labels, call.calls)
      cost.inc(labels, call.costMicroUsd)
    }
  }
}
