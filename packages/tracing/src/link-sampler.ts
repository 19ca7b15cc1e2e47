import { trace, TraceFlags } from '@opentelemetry/api'
import { SamplingDecision, type Sampler } from '@opentelemetry/sdk-trace'

/**
 * Lets a span that has links and no parent be recorded when one of the linked ones is: a batch of many events is worth
 * a record where at least one of their traces is looked at. All others are decided by `otherwise`.
 */
export function createLinkSampler(otherwise: Sampler): Sampler {
  return {
    shouldSample(context, traceId, name, kind, attributes, links) {
      if (links.length === 0 || trace.getSpanContext(context)) {
        return otherwise.shouldSample(context, traceId, name, kind, attributes, links)
      }
      const recorded = links.some((link) => (link.context.traceFlags & TraceFlags.SAMPLED) !== 0)
      return { decision: recorded ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD }
    },
    toString: () => `LinkSampler{${otherwise.toString()}}`
  }
}
