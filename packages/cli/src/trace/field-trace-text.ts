import { indexed } from '../events/indexed.ts'
import { REDACTED } from '../events/shown-event.ts'
import { counted, duration } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import type { FieldTrace } from './field-trace.ts'
import { shortType } from '../events/event-line.ts'
import { traceWords } from './trace-words.ts'

/** The chain from the CRM back to the webhook, one step below the other. */
export function fieldTraceText(trace: FieldTrace, reveal: boolean, style: Style): string {
  const { written, decided, causes, queued, confirmed } = trace
  const { httpStatus, latencyMs, waitedMs, batchSize, action, provider, module, fieldNames } = written.data
  const steps: readonly (readonly string[])[] = [
    [
      'written',
      `${written.time}  ${action} of ${counted(fieldNames.length, 'field')} in ${provider} ${module} ${trace.crmId}  ${style.dim(written.id)}`,
      ...(confirmed > 0 ? [`sent again with the same value by ${counted(confirmed, 'later write')}`] : [])
    ],
    [
      'answer',
      `${httpStatus === null ? 'looked up in the CRM' : `HTTP ${String(httpStatus)}`} after ${duration(latencyMs)}${batchSize > 1 ? `, in one call with ${counted(batchSize - 1, 'other record')}` : ''}`
    ],
    ['rate limit', waitedMs > 0 ? `waited ${duration(waitedMs)}` : 'no wait'],
    ...queued.map((event) => ['queued', `${event.time}  lane ${event.data.lane}  ${style.dim(event.id)}`]),
    decided === null
      ? ['decided', 'the log does not tell: the field is not in the mapping of this release']
      : ['decided', stepOf(indexed(decided), style), ...evidenceLines(trace, reveal)],
    ...causes.map((cause) => [cause.stream === 'INGEST' ? 'webhook' : 'because of', stepOf(cause, style)])
  ]
  const width = Math.max(...steps.map(([name = '']) => name.length))
  const value = reveal ? JSON.stringify(trace.value) : REDACTED
  return [
    `${style.bold(trace.apiName)} of lead ${trace.leadId} is ${value}`,
    '',
    ...steps.flatMap(([name = '', first = '', ...more]) => [
      `${style.name(name.padEnd(width))}  ${first}`,
      ...more.map((line) => `${' '.repeat(width)}  ${line}`)
    ])
  ].join('\n')
}

function stepOf(row: ReturnType<typeof indexed>, style: Style): string {
  if (row === null) return ''
  return `${row.time}  ${style.bold(shortType(row.type))}  ${traceWords(row)}  ${style.dim(row.id)}`
}

function evidenceLines({ evidence, decided }: FieldTrace, reveal: boolean): string[] {
  if (evidence !== null)
    return [`evidence: ${reveal ? `“${evidence}”` : `${REDACTED} (--reveal shows the quoted words)`}`]
  return decided !== null && decided.type.startsWith('crm.LeadEnriched') ? ['no words of the source were quoted'] : []
}
