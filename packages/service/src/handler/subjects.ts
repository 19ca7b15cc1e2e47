import type { EventDefinition } from '@leadlog/contracts'

/** Contexts whose events stand elsewhere than in EVENTS. */
const STREAM_OF_CONTEXT: Readonly<Record<string, string>> = { ingest: 'INGEST', ops: 'DEAD_LETTERS' }

/** The stream that holds the events. @throws TypeError when they stand in different streams */
export function streamOf(definitions: readonly EventDefinition[]): string {
  const streams = [...new Set(definitions.map((definition) => STREAM_OF_CONTEXT[definition.context] ?? 'EVENTS'))]
  const [stream, ...others] = streams
  if (!stream || others.length > 0)
    throw new TypeError(`A reactor reads one stream, not ${streams.join(' and ') || 'none'}`)
  return stream
}

/** The subject filters that the events are found under. */
export function subjectsOf(definitions: readonly EventDefinition[]): string[] {
  return [...new Set(definitions.map(subjectOf))].sort()
}

function subjectOf(definition: EventDefinition): string {
  if (definition.context === 'ingest') return 'in.>'
  if (definition.type.startsWith('ops.DeadLettered.')) return 'dead.>'
  if (definition.type.startsWith('ops.AttemptFailed.')) return 'retry.>'
  return `evt.${definition.context}.${definition.aggregate}.>`
}
