import type { ExtractionKind, Meddic, TranscriptQuality } from '@leadlog/contracts'
import { leadIntelPrompt, leadIntelTask } from '../lead-intel/prompt.ts'
import { meddicPrompt, meddicTask } from '../meddic/prompt.ts'
import { extractWithModel, type Extraction } from '../model/extract.ts'
import type { ModelProvider } from '../model/model-provider.ts'
import type { PriceTable } from '../model/prices.ts'
import type { Prompt } from '../model/prompt-parts.ts'
import type { Extractor } from './extractor.ts'

export interface ModelExtractorOptions {
  readonly provider: ModelProvider
  /** Milliseconds of a clock that only goes forward; measures latency. */
  readonly now: () => number
  /** Characters from which a transcript is sampled; default 15,000. */
  readonly transcriptLimit?: number
  /** Replaces the list prices. */
  readonly prices?: PriceTable
  /** Take the place of the prompts in force, for trying others out. */
  readonly prompts?: Prompts
}

/** What a model is told, by what is read. */
export type Prompts = Partial<Record<ExtractionKind, Prompt>>

const promptsInForce: Record<ExtractionKind, Prompt> = { 'lead-intel': leadIntelPrompt, meddic: meddicPrompt }

/** What a partial transcript leaves of the confidence that a model has in its answer. */
const PARTIAL_SHARE = 0.75
/** The same for a meeting of which only the summary could be read. */
const SUMMARY_SHARE = 0.4

/** Reads with a language model: prompt, validation, one repair, quotes held against the source. */
export function createModelExtractor(options: ModelExtractorOptions): Extractor {
  const { provider, now, prices, transcriptLimit } = options
  const promptFor = (kind: ExtractionKind): Prompt => options.prompts?.[kind] ?? promptsInForce[kind]
  const extractOptions = (signal: AbortSignal | undefined) => ({ now, signal, ...(prices ? { prices } : {}) })
  return {
    origin: (kind) => ({
      provider: provider.name,
      model: provider.model,
      promptVersion: promptFor(kind).version
    }),
    leadIntel: (booking, signal) =>
      extractWithModel(leadIntelTask(booking, promptFor('lead-intel')), provider, extractOptions(signal)),
    async meddic(meeting, quality, signal) {
      const task = meddicTask(meeting, quality, transcriptLimit, promptFor('meddic'))
      return loweredBy(quality, await extractWithModel(task, provider, extractOptions(signal)))
    }
  }
}

/** A model is told of a partial transcript but not believed to have lowered its confidence for it. */
function loweredBy(quality: TranscriptQuality, extraction: Extraction<Meddic>): Extraction<Meddic> {
  if (quality.verdict === 'good') return extraction
  const share = quality.verdict === 'partial' ? PARTIAL_SHARE : SUMMARY_SHARE
  const confidence = Math.round(extraction.value.confidence * share * 100) / 100
  return { ...extraction, value: { ...extraction.value, confidence } }
}
