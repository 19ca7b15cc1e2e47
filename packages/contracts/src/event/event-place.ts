import type { EventDefinition } from './define-event.ts'

/**
 * The stream that an event is recorded in: webhooks in INGEST, commands and their outcomes in
 * COMMANDS, failures in DEAD_LETTERS, timers in TIMERS, all others in EVENTS.
 */
export function streamOf(definition: EventDefinition): string {
  if (definition.kind === 'command') return 'COMMANDS'
  switch (definition.context) {
    case 'ingest':
      return definition.aggregate === 'webhook' ? 'INGEST' : 'EVENTS'
    case 'commands':
      return 'COMMANDS'
    case 'ops':
      return definition.aggregate === 'timer' ? 'TIMERS' : 'DEAD_LETTERS'
    default:
      return 'EVENTS'
  }
}

/**
 * The subject filter under which a stream holds the events of a definition; null where only the whole stream covers
 * them.
 *
 * @param stream where it is not the usual one
 */
export function subjectFilterOf(definition: EventDefinition, stream = streamOf(definition)): string | null {
  if (stream === 'EVENTS') return `evt.${definition.context}.${definition.aggregate}.>`
  if (stream === 'INGEST') return 'in.>'
  if (stream === 'COMMANDS') return definition.kind === 'command' ? `cmd.${definition.context}.>` : 'done.>'
  if (stream === 'DEAD_LETTERS' && definition.aggregate === 'attempt') return 'retry.>'
  if (stream === 'DEAD_LETTERS' && ['dead-letter', 'redrive'].includes(definition.aggregate)) return 'dead.>'
  return null
}
