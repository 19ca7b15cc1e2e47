import {
  LeadIntelExtracted,
  MeddicExtracted,
  ExtractionRejected,
  ExtractionStarted,
  NoteWritten,
  OutcomeUnknown,
  RecordWritten,
  WriteRefused,
  WriteSimulated,
  type DataOf,
  type EventDefinition,
  type ModelCall
} from '@leadlog/contracts'
import type { NoteWriter, RecordWriter } from '@leadlog/crm-sync/frozen'
import { createRulesExtractor, ExtractionFailure, type Extractor } from '@leadlog/enrichment/what-if'
import { FrozenError } from '../errors.ts'
import type { FrozenEffect } from '../frozen-event.ts'

/** The world outside as the frozen effects tell of it: each answer is given once, in order. Nobody is called. */
export interface Outside {
  readonly records: RecordWriter
  readonly notes: NoteWriter
  readonly extractor: Extractor
  /** True where the writes were simulated. */
  readonly dryRun: boolean
  readonly noteValues: () => Readonly<Record<string, string | number | null>>
  /** Of the field mapping that was in force then; null where the effects tell of none. */
  readonly mappingVersion: number | null
  /** Answers that were not asked for yet. */
  left(): number
}

/** What a call gets that was never made: the handler went another way than then. */
function unasked(what: string): never {
  throw new FrozenError(
    'FROZEN_NOT_REPRODUCIBLE',
    `${what} was called, which did not happen when the event was handled`
  )
}

export function outsideOf(effects: readonly FrozenEffect[]): Outside {
  const records = effects.filter((effect) => isRecordAnswer(effect))
  const notes = effects.filter((effect) => isNoteAnswer(effect))
  const simulated = dataOf(effects, WriteSimulated)
  return {
    records: {
      async write(_module, writes) {
        return writes.map(() => recordAnswer(records.shift() ?? unasked('the CRM')))
      }
    },
    notes: {
      async write() {
        return noteAnswer(notes.shift() ?? unasked('the CRM'))
      }
    },
    extractor: extractorOf(effects),
    dryRun: simulated.length > 0,
    noteValues: () => (simulated[0]?.values ?? {}) as Readonly<Record<string, string | number | null>>,
    mappingVersion: mappingVersionIn(effects),
    left: () => records.length + notes.length
  }
}

function mappingVersionIn(effects: readonly FrozenEffect[]): number | null {
  const versions = effects.map(({ data }) => (data as { mappingVersion?: number }).mappingVersion)
  return versions.find((version) => version !== undefined) ?? null
}

function isRecordAnswer(effect: FrozenEffect): boolean {
  // Also where the record held the values and nobody was called: who calls now is answered, and differs by the action.
  return effect.type === RecordWritten.type || isAnswerAbout(effect, 'record')
}

function isNoteAnswer(effect: FrozenEffect): boolean {
  return effect.type === NoteWritten.type || isAnswerAbout(effect, 'note')
}

function isAnswerAbout({ type, data }: FrozenEffect, kind: 'record' | 'note'): boolean {
  return (type === WriteRefused.type || type === OutcomeUnknown.type) && (data as { kind: string }).kind === kind
}

const figures = { httpStatus: null, waitedMs: 0, latencyMs: 0 }

function failureOf({ type, data }: FrozenEffect) {
  if (type === OutcomeUnknown.type) {
    return { ...figures, outcome: { kind: 'unknown' as const, reason: (data as DataOf<typeof OutcomeUnknown>).reason } }
  }
  const { code, field, message, httpStatus } = data as DataOf<typeof WriteRefused>
  return { ...figures, httpStatus, outcome: { kind: 'refused' as const, code, field, message } }
}

function recordAnswer(effect: FrozenEffect): Awaited<ReturnType<RecordWriter['write']>>[number] {
  if (effect.type !== RecordWritten.type) return { ...failureOf(effect), batchSize: 1 }
  const { crmId, action, httpStatus, batchSize, waitedMs, latencyMs } = effect.data as DataOf<typeof RecordWritten>
  const outcome = { kind: 'written' as const, crmId, action: action === 'insert' ? action : ('update' as const) }
  return { outcome, httpStatus, batchSize, waitedMs, latencyMs }
}

function noteAnswer(effect: FrozenEffect): Awaited<ReturnType<NoteWriter['write']>> {
  if (effect.type !== NoteWritten.type) return { ...failureOf(effect), how: 'written' }
  const { crmNoteId, how, httpStatus, waitedMs, latencyMs } = effect.data as DataOf<typeof NoteWritten>
  return { outcome: { kind: 'written', crmNoteId }, how, httpStatus, waitedMs, latencyMs }
}

/** The rules read anew, which is what is to be tested; a model's answer is given as it was. */
function extractorOf(effects: readonly FrozenEffect[]): Extractor {
  const rules = createRulesExtractor(() => 0)
  const [started] = dataOf(effects, ExtractionStarted)
  const [intel] = dataOf(effects, LeadIntelExtracted)
  const [meddic] = dataOf(effects, MeddicExtracted)
  const [rejected] = dataOf(effects, ExtractionRejected)
  const answer = async <T>(recorded: { value: T; call: ModelCall } | undefined, read: () => Promise<{ value: T }>) => {
    if (rejected?.call) {
      const { code, issues, call } = rejected
      const refused = code === 'ENRICHMENT_MODEL_REFUSED' ? code : 'ENRICHMENT_ANSWER_INVALID'
      throw new ExtractionFailure(refused, issues.join('; '), { issues, call })
    }
    if (recorded === undefined) return unasked('the extractor')
    const value = recorded.call.provider === 'rules' ? (await read()).value : recorded.value
    return { value, call: recorded.call, unsupported: [] }
  }
  return {
    origin: (kind) =>
      started
        ? { provider: started.provider, model: started.model, promptVersion: started.promptVersion }
        : rules.origin(kind),
    leadIntel: (booking) => answer(intel && { value: intel.intel, call: intel.call }, () => rules.leadIntel(booking)),
    meddic: (meeting, quality) =>
      answer(meddic && { value: meddic.meddic, call: meddic.call }, () => rules.meddic(meeting, quality))
  }
}

function dataOf<D extends EventDefinition>(effects: readonly FrozenEffect[], { type }: D): DataOf<D>[] {
  return effects.filter((effect) => effect.type === type).map((effect) => effect.data as DataOf<D>)
}
