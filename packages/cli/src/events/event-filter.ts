import { eventCatalogue, eventRegistry, streamOf, type RecordedEvent } from '@leadlog/contracts'
import { closest } from 'fastest-levenshtein'
import { usageError } from '../errors.ts'
import { list, text } from '../declaration/option.ts'
import { shortType } from './event-line.ts'

/** The streams that hold events. */
export const EVENT_STREAMS: readonly string[] = [...new Set(eventCatalogue.map(streamOf))].sort()

/** The options by which verbs choose events. */
export const filterOptions = {
  stream: list('only these streams: INGEST, EVENTS, DEAD_LETTERS, …', { short: 's', placeholder: '<stream>' }),
  type: list('only these types: RecordWritten, or a whole context: crm-sync', { short: 't', placeholder: '<type>' }),
  subject: text('only this aggregate or subject: crm.lead.<id>, in.calendly.>', { placeholder: '<subject>' }),
  correlation: text('only what this webhook or command led to', { short: 'c', placeholder: '<id>' })
}

export interface EventFilter {
  readonly streams: readonly string[]
  /** Subject filters for the server; empty for all. */
  readonly subjects: readonly string[]
  matches(event: Pick<RecordedEvent, 'type' | 'correlationid' | 'id'>): boolean
}

/** @throws CliError CLI_USAGE for a stream or type that does not exist */
export function eventFilter(options: {
  readonly stream: readonly string[]
  readonly type: readonly string[]
  readonly subject: string | undefined
  readonly correlation: string | undefined
}): EventFilter {
  const types = options.type.map(knownType)
  const streams = options.stream.map(knownStream)
  const subject = options.subject === undefined ? undefined : placeOf(options.subject)
  const chosen = streams.length > 0 ? streams : [...EVENT_STREAMS]
  return {
    streams: subject === undefined ? chosen : chosen.filter((stream) => stream === subject.stream),
    subjects: subject === undefined ? [] : [subject.filter],
    matches: (event) =>
      (types.length === 0 || types.some((matches) => matches(event.type))) &&
      (options.correlation === undefined || event.correlationid === options.correlation)
  }
}

function knownStream(given: string): string {
  const found = EVENT_STREAMS.find((stream) => stream === given.toUpperCase().replaceAll('-', '_'))
  if (found === undefined) throw usageError(`--stream: there is ${EVENT_STREAMS.join(', ')}, not "${given}"`)
  return found
}

function knownType(given: string): (type: string) => boolean {
  const wanted = given.toLowerCase()
  const fits = (type: string): boolean =>
    type.toLowerCase() === wanted || shortType(type).toLowerCase() === wanted || type.split('.')[0] === wanted
  const names = eventRegistry.definitions.map(({ type }) => type)
  if (!names.some(fits)) {
    const near = closest(given, names.map(shortType))
    throw usageError(`--type: there is no event type "${given}"; perhaps you meant ${near}. See: leadlog events graph`)
  }
  return fits
}

/** `crm.lead.1` and `evt.crm.lead.1` are the same; `in.…`, `dead.…` and `retry.…` are of the other streams. */
function placeOf(subject: string): { stream: string; filter: string } {
  const [first] = subject.split('.')
  if (first === 'in') return { stream: 'INGEST', filter: subject }
  if (first === 'cmd' || first === 'done') return { stream: 'COMMANDS', filter: subject }
  if (first === 'dead' || first === 'retry') return { stream: 'DEAD_LETTERS', filter: subject }
  return { stream: 'EVENTS', filter: first === 'evt' ? subject : `evt.${subject}` }
}
