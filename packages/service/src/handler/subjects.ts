import { streamOf, subjectFilterOf, type EventDefinition } from '@leadlog/contracts'

/** The one stream that holds all of the events. @throws TypeError when they stand in different streams */
export function commonStream(definitions: readonly EventDefinition[]): string {
  const streams = [...new Set(definitions.map(streamOf))]
  const [stream, ...others] = streams
  if (!stream || others.length > 0) {
    throw new TypeError(`A reactor reads one stream, not ${streams.join(' and ') || 'none'}`)
  }
  return stream
}

/** The subject filters that the events are found under. @throws TypeError for an event that has none of its own */
export function subjectsOf(definitions: readonly EventDefinition[]): string[] {
  return [...new Set(definitions.map(ownSubject))].sort()
}

function ownSubject(definition: EventDefinition): string {
  const subject = subjectFilterOf(definition)
  if (subject === null) throw new TypeError(`${definition.type} has no subject that a reactor could follow`)
  return subject
}
