import type { TraceNode } from '@leadlog/gateway/read-models'
import { count, duration } from '../output/quantity.ts'

type Facts = TraceNode['facts']

/** What the event says, in words, with the figures that explain it. Free of personal data. */
export function traceWords({ type, summary, facts }: Pick<TraceNode, 'type' | 'summary' | 'facts'>): string {
  switch (type.split('.').slice(0, 2).join('.')) {
    case 'crm-sync.RecordWritten':
      return sentence(`${summary} of ${fieldCount(facts)} in record ${textOf(facts['crmId'])}`, answer(facts))
    case 'crm-sync.NoteWritten':
      return sentence(
        `${summary}, note ${textOf(facts['crmNoteId'])} of record ${textOf(facts['crmId'])}`,
        answer(facts)
      )
    case 'crm-sync.WriteRefused':
      return sentence(summary, [
        facts['field'] && `field ${textOf(facts['field'])}`,
        facts['message'] && textOf(facts['message'])
      ])
    case 'crm.LeadEnriched':
      return sentence(summary, [listOf(facts['fields'])])
    case 'enrichment.LeadIntelExtracted':
    case 'enrichment.MeddicExtracted':
    case 'enrichment.ExtractionRejected':
      return sentence(summary, modelCall(facts))
    case 'ops.AttemptFailed':
    case 'ops.DeadLettered':
      return sentence(summary, [textOf(facts['message'])])
    default:
      return summary
  }
}

function answer(facts: Facts): (string | null | undefined | false)[] {
  const { httpStatus, waitedMs, latencyMs, batchSize } = facts
  return [
    typeof httpStatus === 'number' && `HTTP ${String(httpStatus)}`,
    typeof latencyMs === 'number' && `answered in ${duration(latencyMs)}`,
    typeof waitedMs === 'number' && waitedMs > 0 && `waited ${duration(waitedMs)} for the rate limit`,
    typeof batchSize === 'number' && batchSize > 1 && `together with ${String(batchSize - 1)} more`
  ]
}

function modelCall(facts: Facts): (string | null | undefined | false)[] {
  const { model, promptVersion, calls, repaired, fallbackBecause, costMicroUsd, latencyMs } = facts
  return [
    typeof model === 'string' && model,
    typeof promptVersion === 'string' && `prompt ${promptVersion}`,
    typeof calls === 'number' && calls > 1 && `${String(calls)} calls`,
    repaired === true && 'repaired',
    typeof fallbackBecause === 'string' && `because ${fallbackBecause}`,
    typeof costMicroUsd === 'number' && costMicroUsd > 0 && `${(costMicroUsd / 1_000_000).toFixed(4)} USD`,
    typeof latencyMs === 'number' && duration(latencyMs)
  ]
}

function fieldCount(facts: Facts): string {
  const names = facts['fieldNames']
  return Array.isArray(names) ? `${count(names.length)} ${names.length === 1 ? 'field' : 'fields'}` : 'fields'
}

function listOf(value: Facts[string] | undefined): string | null {
  return Array.isArray(value) ? value.join(', ') : null
}

function textOf(value: Facts[string] | undefined): string {
  return value === null || value === undefined ? '?' : String(value)
}

function sentence(
  beginning: string,
  more: readonly (string | number | true | null | undefined | false | readonly string[])[]
): string {
  const parts = more.filter((part): part is string => typeof part === 'string' && part !== '')
  return parts.length === 0 ? beginning : `${beginning}: ${parts.join(', ')}`
}
